import PortrunBase
import PortrunKit
import PortrunRegistry

/// What is so with a booking at one moment, as far as events tell of it.
struct Observation: Sendable {
    let status: BookingStatus
    let listener: Presence

    /// Who listens on its port.
    enum Presence: Sendable, Equatable {
        case nobody
        /// A program of its checkout, or a container's.
        case own
        /// Another program, or one of which nothing can be seen.
        case stranger(pid: Int32?, command: String?)
    }

    var isLive: Bool { status.isLive }

    /// What makes it the booking of a service, whatever its number.
    func isSameService(as other: Observation) -> Bool {
        status.booking.service == other.status.booking.service
            && status.booking.transport == other.status.booking.transport
            && status.context.identity == other.status.context.identity
    }
}
