import PortrunCore

extension Transaction {
    /// Ends dead leases and drops the bookings of contexts that are gone, and of those not used for `staleDays`.
    ///
    /// A context with a lease, or with a container that holds a booking, is left alone. Bookings of other network
    /// namespaces go by the same rules.
    package func collect(staleDays: Int?) throws -> Harvest {
        var harvest = Harvest()
        let fleeting = try ephemeralBookings()
        harvest.deadLeases = try reapDeadLeases(.all)
        let remaining = Set(try ephemeralBookings().map(\.booking.id))
        for (label, booking) in fleeting where !remaining.contains(booking.id) {
            let isExpired = harvest.deadLeases.contains { $0.holder.endsAt != nil && $0.bookings.contains(booking.id) }
            harvest.bookings.append((label, booking, isExpired ? .expired : .ended))
        }
        let held = Set(try allLeases().flatMap(\.bookings))
        let claims = try containerClaims()
        for context in try database.rows("SELECT \(ContextRecord.columns) FROM contexts", read: { ContextRecord($0) }) {
            let bookings = try allBookings(of: context)
            // What is registered stays until it is unregistered.
            guard context.identity != Context.machine.identity else { continue }
            if bookings.contains(where: { held.contains($0.id) }) {
                harvest.remaining.insert(context.hash)
                harvest.held.insert(context.hash)
                continue
            }
            let holders = bookings.map { claims.holder(of: $0, in: context) }
            let isContained = holders.contains { $0 != nil }
            let gone = machine.isGone(context)
            if isContained { harvest.held.insert(context.hash) }
            if let gone, !isContained {
                harvest.gone[context.hash] = gone
            } else {
                harvest.remaining.insert(context.hash)
            }
            for (booking, container) in zip(bookings, holders) {
                guard let reason = reason(toDrop: booking, gone, staleDays) else { continue }
                if let container { harvest.kept.append((context.label, booking, reason, container)) }
                if isContained { continue }
                try release(booking)
                harvest.bookings.append((context.label, booking, reason))
            }
        }
        try dropEmptyContexts()
        return harvest
    }

    /// The bookings that go with their last lease, with the labels of their contexts.
    private func ephemeralBookings() throws(RegistryError) -> [(label: String, booking: Booking)] {
        try database.rows(
            """
            SELECT \(Booking.columns.qualified(by: "bookings")), label
            FROM bookings JOIN contexts ON contexts.id = context WHERE is_ephemeral ORDER BY bookings.id
            """
        ) { (label: $0.text(10), booking: Booking($0)) }
    }

    private func reason(toDrop booking: Booking, _ gone: GoneReason?, _ staleDays: Int?) -> Harvest.Reason? {
        switch gone {
        case .path: return .path
        case .branch: return .branch
        case nil:
            guard let staleDays, machine.now - booking.lastUsed > Int64(staleDays) * 86_400 else { return nil }
            return .stale
        }
    }

    /// The bookings of a context in every network.
    private func allBookings(of record: ContextRecord) throws(RegistryError) -> [Booking] {
        try database.rows(
            "SELECT \(Booking.columns) FROM bookings WHERE context = ?1 ORDER BY id", .integer(record.id)
        ) { Booking($0) }
    }
}
