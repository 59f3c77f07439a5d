import PortrunCore

/// What `gc` drops, and why.
package struct Harvest: Sendable {
    package var deadLeases: [Lease] = []
    package var bookings: [(label: String, booking: Booking, reason: Reason)] = []

    package enum Reason: String, Sendable {
        case path = "path is gone"
        case branch = "branch is gone"
        case stale = "not used"
    }

    package var isEmpty: Bool { deadLeases.isEmpty && bookings.isEmpty }
}
