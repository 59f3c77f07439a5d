import HTTPTypes
import PortrunBase
import PortrunKit
import PortrunRegistry

extension Operation {
    /// Who holds bookings, and for how long.
    static let leases: [Operation] = [
        Operation(
            method: .get, path: "/leases", id: "listLeases",
            summary: "Who holds bookings: a running command, or a time to live.",
            output: Shape.array(leaseShape),
            run: { call, registry in
                let facts = call.machine.facts()
                let leases = try call.machine.look(in: registry) { reader, _ in try reader.allLeases() }
                return .array(leases.filter { facts.verdict($0.holder) != .dead }.map(\.json))
            }),
        Operation(
            method: .put, path: "/leases/{id}", id: "renewLease",
            summary: """
                Holds a booking for `ttl` seconds from now on: a heartbeat, to be repeated before they are over. A \
                booking that was made with a time to live ends with it.
                """,
            parameters: [.booking],
            body: [
                Parameter(
                    name: "ttl", kind: .number(Parameter.timeToLive),
                    description: "So many seconds from now; as many as before where nothing is said.")
            ], problems: [.notFound, .conflict], output: Shape.booking,
            run: { call, registry in
                let length = call.arguments.number("ttl").flatMap { TimeToLive(Int64($0)) }
                do {
                    return try call.machine.hold(
                        call.bookingNumber, for: length, in: registry, beside: call.containers
                    ).json
                } catch let error as HoldingError {
                    throw Problem(.conflict, "no-ttl", error.message, hint: error.hint)
                }
            }, usesContainers: true),
        Operation(
            method: .delete, path: "/leases/{id}", id: "endLease",
            summary:
                """
                Ends the time to live of a booking, and the booking with it where that was made for the time alone: the \
                answer is the last that there is to tell of it, and its number is not found any more.
                """,
            parameters: [.booking], problems: [.notFound], output: Shape.booking,
            run: { call, registry in
                try call.machine.letGo(call.bookingNumber, in: registry, beside: call.containers).json
            }, usesContainers: true),
    ]

    private static let leaseShape = Shape.object([
        ("bookings", Shape.array(Shape.number)), ("pid", Shape.numberOrNull), ("command", Shape.textOrNull),
        ("ttl", Shape.numberOrNull), ("expires", Shape.textOrNull), ("created", Shape.text),
    ])
}

extension Lease {
    fileprivate var json: JSONValue {
        let isTimed = holder.endsAt != nil
        return .object([
            "bookings": .array(bookings.map { .integer(Int($0)) }),
            "pid": isTimed ? .null : .integer(Int(holder.pid)), "command": isTimed ? .null : .string(command),
            "ttl": .integer(orNull: timeToLive.map { Int($0.seconds) }),
            "expires": .string(orNull: holder.endsAt.map { Timestamp($0).text }),
            "created": .string(Timestamp(createdAt).text),
        ])
    }
}
