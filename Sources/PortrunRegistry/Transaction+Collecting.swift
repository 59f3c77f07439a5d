import PortrunCore

extension Transaction {
    /// Ends dead leases and drops the bookings of contexts that are gone, and of those not used for `staleDays`.
    ///
    /// A context with a lease is left alone. Bookings of other network namespaces go by the same rules.
    package func collect(staleDays: Int?) throws -> Harvest {
        var harvest = Harvest()
        harvest.deadLeases = try reapDeadLeases(.all)
        let held = Set(try allLeases().flatMap(\.bookings))
        for context in try database.rows("SELECT \(ContextRecord.columns) FROM contexts", read: { ContextRecord($0) }) {
            let bookings = try allBookings(of: context)
            guard !bookings.contains(where: { held.contains($0.id) }) else { continue }
            let gone = machine.isGone(context)
            for booking in bookings {
                let age = machine.now - booking.lastUsed
                let reason: Harvest.Reason
                switch gone {
                case .path: reason = .path
                case .branch: reason = .branch
                case nil:
                    guard let staleDays, age > Int64(staleDays) * 86_400 else { continue }
                    reason = .stale
                }
                try release(booking)
                harvest.bookings.append((context.label, booking, reason))
            }
        }
        try dropEmptyContexts()
        return harvest
    }

    /// The bookings of a context in every network.
    private func allBookings(of record: ContextRecord) throws(RegistryError) -> [Booking] {
        try database.rows(
            "SELECT \(Booking.columns) FROM bookings WHERE context = ?1 ORDER BY id", .integer(record.id)
        ) { Booking($0) }
    }
}
