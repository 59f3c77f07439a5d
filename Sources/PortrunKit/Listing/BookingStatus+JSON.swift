import PortrunBase
import PortrunRegistry

extension BookingStatus {
    /// The object that `--json` has for a booking.
    package var json: JSONValue {
        .object([
            "id": .integer(Int(booking.id)), "context": .string(context.hash), "label": .string(context.label),
            "path": .string(context.path),
            "service": .string(booking.service.description), "port": .integer(Int(booking.port.number)),
            "count": .integer(booking.count),
            "declared": .integer(orNull: booking.declared.map { Int($0.number) }),
            "protocol": .string(booking.transport.rawValue),
            "target": .integer(orNull: booking.target.map { Int($0.number) }),
            "variable": .string(orNull: booking.variable), "source": .string(booking.source.rawValue),
            "state": .string(state.name), "pid": .integer(orNull: holder?.pid.map { Int($0) }),
            "command": .string(orNull: isTimed ? nil : holder?.command), "expires": .string(orNull: expiry),
            "description": .string(orNull: description),
            "last_used": .string(Timestamp(booking.lastUsed).text),
        ])
    }

    /// When the time to live that holds it is over.
    package var expiry: String? { expires.map { Timestamp($0).text } }

    /// True when nothing else holds it.
    private var isTimed: Bool { if case .timed = state { true } else { false } }

    /// True while a lease or a container holds it.
    package var isLive: Bool { holder != nil }

    /// A container has no pid of its own here.
    package var holder: (pid: Int32?, command: String)? {
        switch state {
        case .live(let pid, let command): (pid, command)
        case .timed(let end): (nil, "until \(Timestamp(end).text)")
        case .contained(let container): (nil, "docker container \(container.name)")
        case .listening, .idle: nil
        }
    }
}
