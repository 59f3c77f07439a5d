import PortrunCore

extension Transaction {
    /// The first free port for a request: from its kind's range, else the default range, else from an idle booking
    /// whose context is gone.
    func freePort(for request: ServiceRequest) throws -> (port: Port, source: Booking.Source) {
        let ephemeral = machine.ephemeralPorts()
        var refused = (busy: 0, blocked: 0)
        let own = try range(of: request.kind)
        let fallback = try range(of: .other)
        if let port = try firstFree(in: own, request.transport, ephemeral, &refused) { return (port, .range) }
        var refusedFurther = refused
        if own != fallback, let port = try firstFree(in: fallback, request.transport, ephemeral, &refusedFurther) {
            return (port, .fallback)
        }
        for range in own == fallback ? [own] : [own, fallback] {
            if let port = try reclaim(in: range, request.transport) { return (port, .reclaimed) }
        }
        let booked = try bookedCount(in: own, request.transport)
        throw BookingError.exhausted(
            service: request.service, range: own, booked: booked, busy: refused.busy, blocked: refused.blocked)
    }

    /// Ports that no booking has come from the index in order; only those are probed.
    private func firstFree(
        in range: PortRange, _ transport: TransportProtocol, _ ephemeral: PortRange,
        _ refused: inout (busy: Int, blocked: Int)
    ) throws(RegistryError) -> Port? {
        var start = range.first
        while let port = try firstUnbooked(from: start, to: range.last, transport) {
            if port.isPrivileged || port.isBlockedByBrowsers || ephemeral.contains(port) {
                refused.blocked += 1
            } else if machine.isBusy(port, transport) {
                refused.busy += 1
            } else {
                return port
            }
            guard let next = Port(Int(port.number) + 1) else { return nil }
            start = next
        }
        return nil
    }

    private func firstUnbooked(
        from first: Port, to last: Port, _ transport: TransportProtocol
    ) throws(RegistryError) -> Port? {
        guard first <= last else { return nil }
        let candidate = try database.rows(
            """
            SELECT ?3 WHERE NOT EXISTS (SELECT 1 FROM bookings WHERE network = ?1 AND protocol = ?2 AND port = ?3)
            UNION ALL
            SELECT * FROM (
                SELECT port + 1 FROM bookings AS booked
                WHERE network = ?1 AND protocol = ?2 AND port BETWEEN ?3 AND ?4 AND NOT EXISTS (
                    SELECT 1 FROM bookings WHERE network = ?1 AND protocol = ?2 AND port = booked.port + 1)
                ORDER BY port LIMIT 1)
            LIMIT 1
            """,
            .text(machine.network), .text(transport.rawValue), .integer(Int(first.number)),
            .integer(Int(last.number))
        ) { $0.port(0) }.first
        guard let port = candidate ?? nil, port <= last else { return nil }
        return port
    }

    /// Gives up the least recently used booking in `range` that has no lease and whose context is gone.
    private func reclaim(in range: PortRange, _ transport: TransportProtocol) throws(RegistryError) -> Port? {
        try reapDeadLeases(.all)
        let held = Set(try allLeases().flatMap(\.bookings))
        let booked = try database.rows(
            """
            SELECT port, bookings.id, \(ContextRecord.columns.qualified(by: "contexts"))
            FROM bookings JOIN contexts ON contexts.id = context
            WHERE network = ?1 AND protocol = ?2 AND port BETWEEN ?3 AND ?4
            ORDER BY bookings.last_used
            """,
            .text(machine.network), .text(transport.rawValue), .integer(Int(range.first.number)),
            .integer(Int(range.last.number))
        ) { (port: $0.port(0), id: $0.integer(1), context: ContextRecord($0, first: 2)) }
        for booking in booked where !held.contains(booking.id) {
            guard let port = booking.port, machine.isGone(booking.context) != nil, !machine.isBusy(port, transport)
            else { continue }
            try database.run("DELETE FROM bookings WHERE id = ?1", .integer(booking.id))
            return port
        }
        return nil
    }

    private func bookedCount(in range: PortRange, _ transport: TransportProtocol) throws(RegistryError) -> Int {
        let count = try database.rows(
            "SELECT count(*) FROM bookings WHERE network = ?1 AND protocol = ?2 AND port BETWEEN ?3 AND ?4",
            .text(machine.network), .text(transport.rawValue), .integer(Int(range.first.number)),
            .integer(Int(range.last.number))
        ) { $0.integer(0) }
        return Int(count.first ?? 0)
    }
}

extension String {
    /// The columns of a list, each with its table's name before it.
    func qualified(by table: String) -> String {
        split(separator: ",").map { table + "." + $0.drop { $0 == " " } }.joined(separator: ", ")
    }
}
