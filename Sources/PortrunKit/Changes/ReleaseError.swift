import PortrunBase
import PortrunRegistry

/// Why nothing was released.
package enum ReleaseError: ReportableError, Equatable {
    case notBooked(service: ServiceName, label: String)
    case nothingBooked(label: String)
    case nothingLearned(label: String)
    case portNotBooked(Port)
    case noSuchNumber(Int64)
    case live(service: ServiceName, pid: Int32, command: String)
    /// `end` is the command that ends the container.
    case contained(service: ServiceName, container: String, end: String)

    /// The reason not to release a booking; nil for one that nobody holds.
    package init?(holding status: BookingStatus) {
        let service = status.booking.service
        switch status.state {
        case .live(let pid, let command): self = .live(service: service, pid: pid, command: command)
        case .contained(let container):
            self = .contained(service: service, container: container.name, end: container.end)
        case .timed, .listening, .idle: return nil
        }
    }

    package var message: String {
        switch self {
        case .notBooked(let service, let label): "nothing booked for `\(service)` in \(label)"
        case .nothingBooked(let label): "nothing booked in \(label)"
        case .nothingLearned(let label): "no port is remembered in \(label)"
        case .portNotBooked(let port): "port \(port) is not booked"
        case .noSuchNumber(let id): "no booking has the number \(id)"
        case .live(let service, let pid, let command): "`\(service)` is held by pid \(pid): \(command)"
        case .contained(let service, let container, _): "`\(service)` is held by the container \(container)"
        }
    }

    package var hint: String? {
        switch self {
        case .notBooked, .nothingLearned: "`portrun status` lists what is booked"
        case .nothingBooked, .portNotBooked, .noSuchNumber: "`portrun status --all` lists every booking"
        case .live: "end it first, or use `--force`"
        case .contained(_, _, let end): "`\(end)` ends it; or use `--force`"
        }
    }

    package var exitStatus: Int32 { 1 }
}
