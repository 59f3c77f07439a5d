import PortrunBase
import PortrunKit
import PortrunRegistry

extension Tool {
    static var status: Tool {
        Tool(
            name: "status", title: "Ports of a checkout",
            description: """
                Lists the ports that are booked in a checkout, and who holds them. A booking is `live` while a command, \
                a container or a time to live holds it, `listening` when something else listens on its port, and else \
                `idle`. Changes nothing.
                """,
            parameters: [.services("Only these services.")],
            output: [
                ("path", Shape.text), ("label", Shape.text), ("context", Shape.text),
                ("bookings", Shape.bookings),
            ],
            effect: .looks
        ) { call in
            let checkout = try call.checkout()
            let services = try call.services()
            let registry = try call.openRegistry(of: checkout)
            let statuses = try checkout.statuses(in: registry, isMachineWide: false)
            let own = try checkout.recordedContext(in: registry)
            if statuses.isEmpty { call.note("nothing is booked here; a command started by `portrun -- COMMAND` books") }
            return .members([
                ("path", .string(own.path)), ("label", .string(own.label)), ("context", .string(own.hash)),
                ("bookings", .array(statuses.of(services).map(\.json))),
            ])
        }
    }

    static var list: Tool {
        Tool(
            name: "list", title: "Ports of all checkouts",
            description: """
                Lists every booking on this machine, of all checkouts and projects, and who holds it. Changes nothing.
                """,
            parameters: [
                .services("Only these services."),
                Parameter(
                    name: "live", kind: .flag,
                    description: "Only bookings that a running command, a container or a time to live holds."),
            ],
            output: [("bookings", Shape.bookings)],
            effect: .looks
        ) { call in
            let checkout = try call.checkout()
            let services = try call.services()
            let registry = try call.openRegistry(of: checkout)
            let statuses = try checkout.statuses(in: registry, isMachineWide: true)
            let isLiveOnly = call.flag("live")
            let found = statuses.of(services).filter { !isLiveOnly || $0.isLive }
            if found.count > listLimit {
                call.note(
                    "more bookings are left out: \(found.count - listLimit); give `services`, or `live`, to see fewer")
            }
            return .members([("bookings", .array(found.prefix(listLimit).map(\.json)))])
        }
    }

    /// More bookings than a model can be expected to read.
    private static let listLimit = 1000
}

extension Checkout {
    /// What is booked, with the containers that run.
    fileprivate func statuses(in registry: Registry, isMachineWide: Bool) throws -> [BookingStatus] {
        try look(in: registry, beside: runningContainers()) { reader, record in
            try statuses(isMachineWide: isMachineWide, reader, record)
        }
    }
}

extension [BookingStatus] {
    /// Those of these services; all where none is named.
    fileprivate func of(_ services: [ServiceName]) -> [BookingStatus] {
        services.isEmpty ? self : filter { services.contains($0.booking.service) }
    }
}
