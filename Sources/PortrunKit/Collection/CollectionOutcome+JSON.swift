import PortrunBase
import PortrunRegistry

extension CollectionOutcome {
    /// One object; docs/json.md has its keys.
    package var json: JSONValue {
        func entry(_ label: String, _ booking: Booking, _ reason: Reason) -> [(key: String, value: JSONValue)] {
            [
                ("label", .string(label)), ("service", .string(booking.service.description)),
                ("port", .integer(Int(booking.port.number))), ("protocol", .string(booking.transport.rawValue)),
                ("reason", .string(reason.rawValue)),
            ]
        }
        return .object([
            "leases": .array(
                deadProcesses.map {
                    .object(["pid": .integer(Int($0.holder.pid)), "command": .string($0.command)])
                }),
            "bookings": .array(
                bookings.map { .object(JSONValue.KeyValuePairs(entry($0.label, $0.booking, $0.reason))) }),
            "kept": .array(
                kept.map {
                    .object(
                        JSONValue.KeyValuePairs(
                            entry($0.label, $0.booking, $0.reason) + [("container", .string($0.container.name))]))
                }),
            "files": .array(
                files.map { .object(["path": .string($0.path), "reason": .string($0.reason.rawValue)]) }),
            "networks": .array(networks.map { .string($0) }),
        ])
    }

    /// The dead leases that no time to live was.
    package var deadProcesses: [Lease] {
        deadLeases.filter { $0.holder.endsAt == nil }.sorted { $0.holder.pid < $1.holder.pid }
    }
}
