import PortrunCore

extension Transaction {
    /// Which leases are looked at.
    package enum ReapingScope: Sendable {
        case all
        /// Those on the bookings of one context, and the oldest ones, so that the cost of a launch is bounded.
        case launch(of: ContextRecord)
    }

    /// How old a lease must be before an unknown holder counts as gone when none of its ports is listened on.
    private static let graceSeconds: Int64 = 60

    /// How many leases of other contexts a launch looks at.
    private static let launchSample: Int64 = 16

    /// Ends the leases whose holder is proved dead, and gives them back.
    ///
    /// An unknown holder (another pid namespace, an unreadable /proc) keeps its lease, unless it is older than a
    /// minute and none of its ports is listened on.
    @discardableResult
    package func reapDeadLeases(_ scope: ReapingScope) throws(RegistryError) -> [Lease] {
        var dead: [Lease] = []
        for lease in try leases(in: scope) where try isDead(lease) {
            try end(lease)
            dead.append(lease)
        }
        return dead
    }

    private func leases(in scope: ReapingScope) throws(RegistryError) -> [Lease] {
        switch scope {
        case .all:
            try database.rows("SELECT \(Lease.columns) FROM leases ORDER BY id") { Lease($0) }
        case .launch(let record):
            try database.rows(
                """
                SELECT \(Lease.columns) FROM leases WHERE id IN (
                    SELECT lease FROM bookings JOIN lease_bookings ON booking = bookings.id WHERE context = ?1)
                OR id IN (SELECT id FROM leases ORDER BY id LIMIT ?2)
                """, .integer(record.id), .integer(Self.launchSample)
            ) { Lease($0) }
        }
    }

    private func isDead(_ lease: Lease) throws(RegistryError) -> Bool {
        switch machine.verdict(lease.holder) {
        case .dead: return true
        case .alive: return false
        case .unknown:
            guard machine.now - lease.createdAt > Self.graceSeconds else { return false }
            let held = try database.rows(
                """
                SELECT \(Booking.columns) FROM bookings JOIN lease_bookings ON booking = bookings.id
                WHERE lease = ?1 AND network = ?2
                """, .integer(lease.id), .text(machine.network)
            ) { Booking($0) }
            return !held.isEmpty && !held.contains { machine.isBusy($0.port, $0.transport) }
        }
    }
}
