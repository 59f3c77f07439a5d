import PortrunBase
import PortrunKit
import PortrunRegistry

/// The forms in which a booking is shown.
extension BookingStatus {
    /// The object that `--json` has for a booking.
    var json: JSONValue {
        .object([
            "id": .integer(Int(booking.id)), "context": .string(context.hash), "label": .string(context.label),
            "path": .string(context.path),
            "service": .string(booking.service.description), "port": .integer(Int(booking.port.number)),
            "count": .integer(booking.count),
            "protocol": .string(booking.transport.rawValue),
            "target": .integer(orNull: booking.target.map { Int($0.number) }),
            "variable": .string(orNull: booking.variable), "source": .string(booking.source.rawValue),
            "state": .string(state.name), "pid": .integer(orNull: holder?.pid.map { Int($0) }),
            "command": .string(orNull: isTimed ? nil : holder?.command), "expires": .string(orNull: expiry),
            "description": .string(orNull: description),
            "last_used": .string(Timestamp(booking.lastUsed).text),
        ])
    }

    /// The columns of a list. The command is the last one: it may be long.
    static let columns = ["label", "service", "port", "variable", "state", "last used", "context", "pid", "command"]

    /// The cells for `columns`; empty where there is no value.
    var row: [String] {
        [
            context.label, booking.service.description, booking.portsText, booking.variable ?? "", state.name,
            Timestamp(booking.lastUsed).text, context.hash, holder?.pid.map { "\($0)" } ?? "", holder?.command ?? "",
        ]
    }

    /// The line that `import` reads. A checkout's service has its label in front, so that names differ.
    var portsLine: String {
        PortsFile.line(
            name: context.isMachine ? booking.service.description : "\(context.label)/\(booking.service)",
            ports: booking.ports, transport: booking.transport, description: description ?? "")
    }

    /// The line that says what a service of some checkout has.
    var line: String { "\(context.label) \(booking.line)" }

    /// When the time to live that holds it is over.
    var expiry: String? { expires.map { Timestamp($0).text } }

    /// True when nothing else holds it.
    private var isTimed: Bool { if case .timed = state { true } else { false } }

    /// True while a lease or a container holds it.
    var isLive: Bool { holder != nil }

    /// A container has no pid of its own here.
    private var holder: (pid: Int32?, command: String)? {
        switch state {
        case .live(let pid, let command): (pid, command)
        case .timed(let end): (nil, "until \(Timestamp(end).text)")
        case .contained(let container): (nil, "docker container \(container.name)")
        case .listening, .idle: nil
        }
    }
}

extension Booking {
    /// Its ports, with the protocol behind them unless that is TCP: `5353/udp`.
    var portsText: String { transport == .tcp ? "\(ports)" : "\(ports)/\(transport.rawValue)" }

    /// The line that says what a service has.
    var line: String { "\(service) \(portsText)\n" }
}
