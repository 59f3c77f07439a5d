import PortrunBase
import PortrunRegistry

/// A port, or a block of consecutive ones, that is booked for a service.
///
/// A value: it tells what was so when it was read.
public struct BookedPort: Sendable {
    let status: BookingStatus

    /// How a booking was used when it was read.
    public enum State: String, Sendable {
        /// A running command, a container or a time to live holds it.
        case live
        /// Nobody holds it, and something listens on its port.
        case listening
        /// Nobody holds it, and nothing listens.
        case idle
    }

    /// The booking's number in the registry, which `portrun release --id` takes. No other booking gets it meanwhile.
    public var id: Int64 { status.booking.id }

    /// The label of its checkout; `machine` for a name that belongs to none.
    public var label: String { status.context.label }

    /// The folder of its checkout, absolute; `/` for a name that belongs to none.
    public var path: String { status.context.path }

    /// The service's name: 1 to 255 bytes, without control characters.
    public var service: String { status.booking.service.description }

    /// The port, or the first one of a block: 1 to 65535.
    public var port: Int { Int(status.booking.port.number) }

    /// How many consecutive ports, at least 1.
    public var count: Int { status.booking.count }

    /// True for UDP, false for TCP.
    public var isUDP: Bool { status.booking.transport == .udp }

    /// The port inside the container, 1 to 65535; nil where the project's files name none.
    public var target: Int? { status.booking.target.map { Int($0.number) } }

    /// The variable that the project's compose files read the port from; nil where none does.
    public var variable: String? { status.booking.variable }

    /// What somebody noted about it: 1 to 1000 bytes on one line; nil without a note.
    public var note: String? { status.description }

    /// How it was used when it was read.
    public var state: State {
        switch status.state {
        case .live, .timed, .contained: .live
        case .listening: .listening
        case .idle: .idle
        }
    }

    /// The process that holds it; nil when a container, a time to live or nobody does.
    public var pid: Int32? { status.holder?.pid }

    /// One JSON object, the same that `portrun list --json` has; `docs/json.md` says what its keys mean.
    public var json: String { status.json.text }
}
