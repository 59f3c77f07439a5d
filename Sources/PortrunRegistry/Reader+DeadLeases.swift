import PortrunBase

extension Reader {
    /// Which leases are looked at.
    package enum ReapingScope: Sendable {
        case all
        /// The oldest ones, so that the cost of a launch is bounded.
        case oldest
    }

    /// The age from which a lease with an unknown holder counts as dead, when nothing listens on any of its ports.
    private static let graceSeconds: Int64 = 60

    /// How many leases a launch looks at.
    private static let launchSample: Int64 = 16

    /// The leases whose holder is proved dead.
    package func deadLeases(_ scope: ReapingScope) throws(RegistryError) -> [Lease] {
        var leases =
            switch scope {
            case .all: try allLeases()
            case .oldest: try allLeases(limit: Self.launchSample)
            }
        // Timed leases come first; a launch looks at those whose time may have come, and at processes as ever.
        if case .oldest = scope, leases.first?.holder.endsAt != nil {
            leases = try dueLeases()
            leases += try database.rows(
                "SELECT \(Lease.columns) FROM leases WHERE id >= 0 ORDER BY id LIMIT ?1", .integer(Self.launchSample)
            ) { Lease($0) }
        }
        var dead: [Lease] = []
        for lease in leases where try isDead(lease) { dead.append(lease) }
        return dead
    }

    /// The leases whose time has come.
    func expiredLeases() throws(RegistryError) -> [Lease] {
        // Most registries have no timed lease, which a short statement tells for less than the long one is compiled.
        let timed = try database.rows("SELECT id FROM leases WHERE id < 0 LIMIT 1") { $0.integer(0) }
        guard !timed.isEmpty else { return [] }
        return try dueLeases().filter { facts.verdict($0.holder) == .dead }
    }

    /// The leases on a booking whose holder is not proved dead, the oldest first.
    ///
    /// The others are left to the next reaping: ending one here could drop the booking under the caller's hands.
    func liveLeases(on booking: Booking) throws(RegistryError) -> [Lease] {
        var live: [Lease] = []
        for lease in try leases(on: booking) where try !isDead(lease) { live.append(lease) }
        return live
    }

    /// The lease on the booking of a live command; nil when there is none. A time is no command.
    func commandLease(on booking: Booking) throws(RegistryError) -> Lease? {
        try liveLeases(on: booking).first { $0.holder.endsAt == nil }
    }

    private func isDead(_ lease: Lease) throws(RegistryError) -> Bool { try isDead(lease.holder) { lease } }

    /// True when the holder of a lease is proved dead, or has been out of sight for a while and nothing listens.
    ///
    /// - Parameter lease: makes the lease, for what its holder does not tell.
    func isDead(_ holder: Holder, _ lease: () -> Lease) throws(RegistryError) -> Bool {
        switch facts.verdict(holder) {
        case .dead: return true
        case .alive, .hidden: return false
        case .unknown: return try isForgotten(lease())
        }
    }

    private func isForgotten(_ lease: Lease) throws(RegistryError) -> Bool {
        // The wall clock may have been set.
        let age = min(facts.now - lease.createdAt, facts.age(lease.holder) ?? .max)
        guard age > Self.graceSeconds else { return false }
        var hasPort = false
        for id in lease.bookings {
            let booking = try database.rows(
                "SELECT \(Booking.columns) FROM bookings WHERE id = ?1 AND network = ?2", .integer(id),
                .text(facts.network)
            ) { Booking($0) }.first
            guard let booking else { continue }
            // Where that does not become known, neither does the holder's end.
            guard case false? = try? isBusy(booking) else { return false }
            hasPort = true
        }
        return hasPort
    }
}
