import PortrunBase

extension Transaction {
    /// Reaps all that is dead; where that frees nothing, gives up the least recently used booking in `range` that has no
    /// lease and whose context is gone.
    ///
    /// What `context` has stays, dead leases and all: some of it may have been booked for the caller just now.
    ///
    /// - Throws: `RegistryError` or `PortProbeError`.
    func reclaim(in range: PortRange, _ wanted: WantedPorts, for context: Int64) throws -> Port? {
        let own = Set(try allBookings(of: context).map(\.id))
        let ended = try end(try deadLeases(.all).filter { own.isDisjoint(with: $0.bookings) })
        var refused = (busy: 0, blocked: 0)
        // What they had is free again.
        if !ended.isEmpty { searches = nil }
        if !ended.isEmpty, let port = try firstFree(in: range, wanted, &refused) { return port }
        let held = try heldBookings()
        let booked = try idleBookings(in: range, wanted, except: context)
        var candidates: [IdleBooking] = []
        for booking in booked where !held.contains(booking.id) && wanted.lastBlocked(in: booking.ports) == nil {
            if let partner = wanted.partner, try blocker(of: booking.ports, partner) != nil { continue }
            candidates.append(booking)
        }
        guard let chosen = try firstGone(of: candidates, wanted) else { return nil }
        try noteChange(of: chosen.id)
        try database.run("DELETE FROM bookings WHERE id = ?1", .integer(chosen.id))
        return chosen.ports.first
    }

    /// The first of `candidates` on which nothing listens and whose context is gone, which is found out without the
    /// registry's lock; nil for none, and where that does not become known.
    private func firstGone(of candidates: [IdleBooking], _ wanted: WantedPorts) throws -> IdleBooking? {
        for (index, candidate) in candidates.enumerated() {
            if let known = answers.reasons[candidate.place] {
                guard known != nil, try firstBusy(in: candidate.ports, wanted) == nil else { continue }
                return candidate
            }
            try answers.ask { [self] _ in
                // As far as it takes: there may be thousands.
                for candidate in candidates[index...] {
                    let reason = answers.reasons[candidate.place] ?? facts.isGone(candidate.place)
                    answers.reasons[candidate.place] = .some(reason)
                    if reason != nil,
                        try firstProbed(in: candidate.ports, wanted.transport, limit: Self.probeSample) == nil
                    {
                        return
                    }
                }
            }
            return nil
        }
        return nil
    }

    /// The bookings of other contexts that have as many ports as are looked for, the least recently used first.
    private func idleBookings(
        in range: PortRange, _ wanted: WantedPorts, except context: Int64
    ) throws(RegistryError) -> [IdleBooking] {
        try database.rows(
            """
            SELECT port, bookings.id, path, branch, repository
            FROM bookings JOIN contexts ON contexts.id = context
            WHERE network = ?1 AND protocol = ?2 AND port BETWEEN ?3 AND ?4 AND count >= ?5 AND context <> ?6
            ORDER BY bookings.last_used
            """,
            .text(facts.network), .text(wanted.transport.rawValue), .integer(Int(range.first.number)),
            .integer(Int(range.last.number) - wanted.count + 1), .integer(wanted.count), .integer(context)
        ) { row in
            row.port(0).flatMap { PortRange($0, count: wanted.count) }.map {
                let place = ContextPlace(
                    path: row.text(2), branch: row.textOrNull(3), repository: row.textOrNull(4))
                return IdleBooking(id: row.integer(1), ports: $0, place: place)
            }
        }.compactMap { $0 }
    }
}

/// A booking that may be given up for another context.
private struct IdleBooking {
    let id: Int64
    /// Its first ones, as many as are looked for.
    let ports: PortRange
    let place: ContextPlace
}
