import PortrunCore

/// What `gc` drops, and why.
package struct Collection: Sendable {
    package var deadLeases: [Lease] = []
    package var bookings: [(label: String, booking: Booking, reason: Reason)] = []

    package enum Reason: String, Sendable {
        case path = "path is gone"
        case branch = "branch is gone"
        case stale = "not used"
    }

    package var isEmpty: Bool { deadLeases.isEmpty && bookings.isEmpty }
}

extension Transaction {
    /// Ends dead leases and drops the bookings of contexts that are gone, and of those not used for `staleDays`.
    ///
    /// A context with a lease is left alone. Bookings of other network namespaces go by the same rules.
    package func collect(staleDays: Int?) throws -> Collection {
        var collection = Collection()
        collection.deadLeases = try reapDeadLeases(.all)
        let held = Set(try allLeases().flatMap(\.bookings))
        for context in try database.rows("SELECT \(ContextRecord.columns) FROM contexts", read: { ContextRecord($0) }) {
            let bookings = try allBookings(of: context)
            guard !bookings.contains(where: { held.contains($0.id) }) else { continue }
            let gone = machine.isGone(context)
            for booking in bookings {
                let age = machine.now - booking.lastUsed
                let reason: Collection.Reason
                switch gone {
                case .path: reason = .path
                case .branch: reason = .branch
                case nil:
                    guard let staleDays, age > Int64(staleDays) * 86_400 else { continue }
                    reason = .stale
                }
                try release(booking)
                collection.bookings.append((context.label, booking, reason))
            }
        }
        try dropEmptyContexts()
        return collection
    }

    /// The bookings of a context in every network.
    private func allBookings(of record: ContextRecord) throws(RegistryError) -> [Booking] {
        try database.rows(
            "SELECT \(Booking.columns) FROM bookings WHERE context = ?1 ORDER BY id", .integer(record.id)
        ) { Booking($0) }
    }
}
