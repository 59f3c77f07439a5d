import PortrunBase

extension Transaction {
    /// Ends dead leases and drops the bookings of contexts that are gone, and of those not used for `staleDays`.
    ///
    /// A context with a lease, or with a container that holds a booking, is left alone. Bookings of other network
    /// namespaces go by the same rules. A context that is there and has no booking is left, too: its compose project's
    /// name is nobody else's. What is registered stays until it is unregistered.
    ///
    /// What is gone is found out before, while nobody waits; a context that is recorded meanwhile is left to the next time.
    ///
    /// - Parameter owners: the hashes of contexts of which the caller wants to know whether they stay.
    package func collect(staleDays: Int?, owners: Set<ExactString> = []) throws -> CollectionOutcome {
        let known = try goneContexts()
        var outcome = CollectionOutcome()
        outcome.deadLeases = try deadLeases(.all)
        let ended = try end(outcome.deadLeases)
        outcome.bookings = ended.map { ($0.label, $0.booking, $0.isExpired ? .expired : .ended) }
        outcome.isIdle = try database.rows("SELECT 1 FROM leases LIMIT 1") { $0.integer(0) }.isEmpty
        let held = try heldBookings()
        let claims = try containerClaims()
        let stale = try staleDays.map(contexts(unusedFor:)) ?? []
        for id in stale.union(known.keys).sorted() {
            guard let context = try record(id), !context.isMachine else { continue }
            // Unless it was recorded anew since.
            let gone = known[id].flatMap { $0.place == context.place ? $0.reason : nil }
            let bookings = try allBookings(of: context.id)
            guard !bookings.contains(where: { held.contains($0.id) }) else { continue }
            let holders = bookings.map { claims.holder(of: $0, in: context) }
            let isContained = holders.contains { $0 != nil }
            if let gone, !isContained { outcome.gone[context.hash] = gone }
            for (booking, container) in zip(bookings, holders) {
                guard let reason = reason(toDrop: booking, gone, staleDays) else { continue }
                if let container { outcome.kept.append((context.label, booking, reason, container)) }
                if isContained { continue }
                try release(booking)
                outcome.bookings.append((context.label, booking, reason))
            }
            try dropIfEmpty(id, isGone: gone != nil)
        }
        for context in try records(owners) {
            outcome.remaining.insert(context.hash)
            let bookings = try allBookings(of: context.id)
            if bookings.contains(where: { held.contains($0.id) || claims.holder(of: $0, in: context) != nil }) {
                outcome.held.insert(context.hash)
            }
        }
        return outcome
    }

    /// The contexts with these hashes.
    private func records(_ hashes: Set<ExactString>) throws(RegistryError) -> [ContextRecord] {
        if hashes.isEmpty { return [] }
        let records = try database.rows("SELECT \(ContextRecord.columns) FROM contexts") { ContextRecord($0) }
        return records.filter { hashes.contains($0.hash) }
    }

    /// The contexts that are gone, by their numbers.
    private func goneContexts() throws(Unanswered) -> [Int64: GoneContext] {
        if let known = answers.goneContexts { return known }
        try answers.ask { [answers, facts] look in
            var places: [(id: Int64, place: ContextPlace)] = []
            try look { places = try $0.places() }
            var gone: [Int64: GoneContext] = [:]
            for (id, place) in places {
                if let reason = facts.isGone(place) { gone[id] = GoneContext(place: place, reason: reason) }
            }
            answers.goneContexts = gone
        }
        return [:]
    }

    private func record(_ context: Int64) throws(RegistryError) -> ContextRecord? {
        try database.rows("SELECT \(ContextRecord.columns) FROM contexts WHERE id = ?1", .integer(context)) {
            ContextRecord($0)
        }.first
    }

    /// The contexts that have bookings which were not used for so many days.
    private func contexts(unusedFor days: Int) throws(RegistryError) -> Set<Int64> {
        let contexts = try database.rows(
            "SELECT DISTINCT context FROM bookings WHERE last_used < ?1",
            .integer(facts.now - Int64(days) * 86_400)
        ) { $0.integer(0) }
        return Set(contexts)
    }

    private func reason(toDrop booking: Booking, _ gone: GoneReason?, _ staleDays: Int?) -> CollectionOutcome.Reason? {
        switch gone {
        case .path: return .path
        case .branch: return .branch
        case nil:
            guard let staleDays, facts.now - booking.lastUsed > Int64(staleDays) * 86_400 else { return nil }
            return .stale
        }
    }
}

extension Database {
    /// Where all contexts are, by their numbers.
    fileprivate func places() throws(RegistryError) -> [(id: Int64, place: ContextPlace)] {
        // The whole table is read: without a call of the system for each of its pages.
        try script("PRAGMA mmap_size = 67108864")
        var repository: String?
        return try rows(
            "SELECT id, path, branch, repository FROM contexts WHERE identity <> ?1", .text(Context.machine.identity)
        ) { row in
            // The next one is often of the same repository.
            if !row.isText(3, repository) { repository = row.textOrNull(3) }
            let place = ContextPlace(path: row.text(1), branch: row.textOrNull(2), repository: repository)
            return (row.integer(0), place)
        }
    }
}
