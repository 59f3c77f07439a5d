import PortrunCore

/// What `gc` drops, and what it keeps only because a container still runs; and why.
package struct Harvest: Sendable {
    package var deadLeases: [Lease] = []
    package var bookings: [(label: String, booking: Booking, reason: Reason)] = []
    package var kept: [(label: String, booking: Booking, reason: Reason, container: Container)] = []

    package enum Reason: String, Sendable {
        case path = "path is gone"
        case branch = "branch is gone"
        case stale = "not used"
    }

    /// True when nothing is dropped.
    package var isEmpty: Bool { deadLeases.isEmpty && bookings.isEmpty }
}
