import PortrunBase

/// The things that `gc` drops, and those it keeps only because a container still runs, with the reasons.
package struct CollectionOutcome: Sendable {
    package var deadLeases: [Lease] = []
    package var bookings: [(label: String, booking: Booking, reason: Reason)] = []
    package var kept: [(label: String, booking: Booking, reason: Reason, container: Container)] = []

    /// The files that portrun had written for checkouts that are gone.
    package var files: [(path: String, reason: Reason)] = []
    /// The networks of checkouts none of whose containers is on them.
    package var networks: [String] = []

    /// True when no lease is left at all.
    package internal(set) var isIdle = false
    /// The reasons why contexts are gone, by the hash of the context; its bookings are dropped.
    package internal(set) var gone: [ExactString: GoneReason] = [:]
    /// The hashes of the contexts that stay, of those that were asked about.
    package internal(set) var remaining: Set<ExactString> = []
    /// The hashes in `remaining` of the contexts that have a lease or a running container.
    package internal(set) var held: Set<ExactString> = []

    /// The categories, in the order of reports.
    package enum Reason: String, Sendable, CaseIterable {
        case expired = "its time to live is over"
        case ended = "its command ended"
        case path = "path is gone"
        case branch = "branch is gone"
        case stale = "not used"
    }

    /// True when nothing is dropped.
    package var isEmpty: Bool { deadLeases.isEmpty && bookings.isEmpty && files.isEmpty && networks.isEmpty }
}
