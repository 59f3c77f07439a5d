import PortrunBase

extension Transaction {
    /// Reaps all that is dead; where that frees nothing, gives up the least recently used booking in `range` that has no
    /// lease and whose context is gone.
    ///
    /// What `record` has stays, dead leases and all: some of it may have been booked for the caller just now.
    func reclaim(
        in range: PortRange, _ wanted: WantedPorts, for record: ContextRecord
    ) throws(RegistryError) -> Port? {
        let own = Set(try allBookings(of: record).map(\.id))
        let ended = try end(try deadLeases(.all).filter { own.isDisjoint(with: $0.bookings) })
        var refused = (busy: 0, blocked: 0)
        if !ended.isEmpty, let port = try firstFree(in: range, wanted, &refused) { return port }
        let held = try heldBookings()
        let booked = try database.rows(
            """
            SELECT port, bookings.id, \(ContextRecord.columns.qualified(by: "contexts"))
            FROM bookings JOIN contexts ON contexts.id = context
            WHERE network = ?1 AND protocol = ?2 AND port BETWEEN ?3 AND ?4 AND count >= ?5
            ORDER BY bookings.last_used
            """,
            .text(facts.network), .text(wanted.transport.rawValue), .integer(Int(range.first.number)),
            .integer(Int(range.last.number) - wanted.count + 1), .integer(wanted.count)
        ) { (port: $0.port(0), id: $0.integer(1), context: ContextRecord($0, first: 2)) }
        for booking in booked where !held.contains(booking.id) && booking.context.id != record.id {
            guard let port = booking.port, let ports = PortRange(port, count: wanted.count),
                facts.isGone(booking.context.place) != nil, wanted.lastBlocked(in: ports) == nil,
                firstBusy(in: ports, wanted) == nil
            else { continue }
            if let partner = wanted.partner, try blocker(of: ports, partner) != nil { continue }
            try database.run("DELETE FROM bookings WHERE id = ?1", .integer(booking.id))
            return port
        }
        return nil
    }
}
