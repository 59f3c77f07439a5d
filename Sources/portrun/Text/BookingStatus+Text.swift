import PortrunBase
import PortrunKit
import PortrunRegistry

/// The forms in which a booking is shown.
extension BookingStatus {
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
    var line: String { "\(TerminalText.onOneLine(context.label)) \(booking.line)" }
}

extension Booking {
    /// Its ports, with the protocol behind them unless that is TCP: `5353/udp`.
    var portsText: String { transport == .tcp ? "\(ports)" : "\(ports)/\(transport.rawValue)" }

    /// The line that says what a service has.
    var line: String { "\(service) \(portsText)\n" }
}
