import PortrunBase

/// A live holder of bookings.
package struct Lease: Sendable, Equatable {
    /// The registry's number of it.
    package let id: Int64
    /// The registry's numbers of the bookings that it holds.
    package let bookings: [Int64]
    package let holder: Holder
    /// The command's words, for people.
    package let command: String
    /// Its end may be that of bookings, too.
    package let isEphemeral: Bool
    /// Seconds since 1970.
    package let createdAt: Int64
}

extension Lease {
    /// How long it was to last from its making or its last renewal on; nil for the lease of a process.
    package var timeToLive: TimeToLive? { holder.endsAt.flatMap { TimeToLive($0 - createdAt) } }
}
