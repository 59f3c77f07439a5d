import PortrunBase
import PortrunKit

extension Tool {
    /// Many clients give a call up after a minute.
    private static let longestWait = 50
    private static let usualWait = 30

    static var wait: Tool {
        Tool(
            name: "wait", title: "Wait for a service",
            description: """
                Waits until something listens on the port of each of these services of a checkout. They may be booked \
                after the wait begins. Gives the bookings of those that listen, and the names of those that do not when \
                the time is over, or the input has ended; call it again to wait longer. Changes nothing.
                """,
            parameters: [
                .services("The services.", isRequired: true),
                Parameter(
                    name: "timeout", kind: .number(0...longestWait),
                    description: "Give up after this many seconds; 0 looks once; default: \(usualWait)."),
            ],
            output: [("bookings", Shape.bookings), ("missing", Shape.texts)],
            effect: .looks
        ) { call in
            var checkout = try call.checkout()
            let services = try call.services()
            let registry = try call.openRegistry(of: checkout)
            let seconds = call.number("timeout") ?? usualWait
            let deadline = Deadline(after: .seconds(seconds))
            var isLast = false
            while true {
                let looks = try services.map { ($0, try Readiness(of: $0, in: checkout, registry)) }
                let missing = looks.filter { if case .listening = $0.1 { false } else { true } }
                let left = deadline.milliseconds
                guard missing.isEmpty || left <= 0 || isLast else {
                    switch call.host.pause(min(Readiness.pause, left), call.id) {
                    case .isOver: break
                    case .takenBack: return .takenBack
                    case .inputEnded: isLast = true
                    }
                    checkout = checkout.later(in: call.host.system())
                    continue
                }
                let time = isLast ? "when the input ended" : "after \(seconds) s"
                for (service, readiness) in missing {
                    call.note(
                        "nothing \(readiness.missing(of: service)) in \(checkout.context.label) \(time); "
                            + "start it with `portrun -- COMMAND`, or call `wait` again")
                }
                let found = looks.compactMap { if case .listening(let booking) = $0.1 { booking } else { nil } }
                let statuses = try checkout.look(in: registry, beside: checkout.runningContainers()) { reader, _ in
                    try reader.status(of: found)
                }
                return .members([
                    ("bookings", .array(statuses.map(\.json))),
                    ("missing", .array(missing.map { .string($0.0.description) })),
                ])
            }
        }
    }
}
