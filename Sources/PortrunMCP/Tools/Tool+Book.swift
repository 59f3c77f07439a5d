import PortrunBase
import PortrunKit
import PortrunRegistry

extension Tool {
    static var book: Tool {
        Tool(
            name: "book", title: "Book ports",
            description: """
                Books ports for services of a checkout, all or none; nobody else is given them then. A service that has \
                a booking keeps it. One that the project's files declare gets its declared port while that is free. \
                Servers started by `portrun -- COMMAND` book by themselves: this is for all others.
                """,
            parameters: [
                .services("The services.", isRequired: true),
                Parameter(
                    name: "port", kind: .number(Parameter.anyPort),
                    description: "Demand this port; for one service only."),
                Parameter(name: "protocol", kind: .choice(["tcp", "udp"]), description: "tcp where nothing is said."),
                Parameter(
                    name: "count", kind: .number(Parameter.anyPort),
                    description: "Book so many consecutive ports for each service."),
                Parameter(
                    name: "ttl", kind: .number(1...31_536_000), description: "End new bookings after this many seconds."
                ),
                Parameter(
                    name: "description", kind: .text,
                    description: "A note on what the ports are for: 1 to 1000 bytes on one line."),
            ],
            output: [("bookings", Shape.bookings)],
            effect: .books
        ) { call in
            let checkout = try call.checkout()
            let order = try call.order()
            let plan = try order.plan(in: checkout)
            call.note(plan.warnings)
            let registry = try call.openRegistry(of: checkout)
            let (outcome, statuses) = try order.book(plan, in: registry, isTelling: true)
            for notice in outcome.notices { call.note(notice) }
            return .members([("bookings", .array(statuses.map(\.json)))])
        }
    }
}

extension ToolCall {
    fileprivate func order() throws(ArgumentError) -> BookingOrder {
        var order = BookingOrder()
        order.services = try services()
        order.port = port()
        guard order.port == nil || order.services.count == 1 else {
            throw .together("`port` goes with one service", next: "call `book` once for each service")
        }
        order.transport = text("protocol").flatMap(TransportProtocol.init(rawValue:)) ?? .tcp
        order.count = number("count")
        order.lifetime = number("ttl").flatMap { TimeToLive(Int64($0)) }
        if let text = text("description") {
            guard let description = Description(text) else {
                throw .together(
                    "`description` is not 1 to 1000 bytes on one line", next: "shorten it, without line breaks")
            }
            order.description = description
        }
        return order
    }
}
