import PortrunCore

/// What `gc` drops, and what it keeps only because a container still runs; and why.
package struct Harvest: Sendable {
    package var deadLeases: [Lease] = []
    package var bookings: [(label: String, booking: Booking, reason: Reason)] = []
    package var kept: [(label: String, booking: Booking, reason: Reason, container: Container)] = []

    /// The categories, in the order of reports.
    package enum Reason: String, Sendable, CaseIterable {
        case expired = "its time to live is over"
        case ended = "its command ended"
        case path = "path is gone"
        case branch = "branch is gone"
        case stale = "not used"
    }

    /// True when nothing is dropped.
    package var isEmpty: Bool { deadLeases.isEmpty && bookings.isEmpty }
}
