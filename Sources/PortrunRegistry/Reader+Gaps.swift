import PortrunBase

/// Ports without a booking.
extension Reader {
    /// The first ports that no booking has, as many as are looked for.
    ///
    /// The index gives the first gap between the first ports of the bookings; a block may reach into it.
    func firstUnbooked(
        from first: Port, to last: Port, _ wanted: WantedPorts
    ) throws(RegistryError) -> PortRange? {
        var start = first
        while start <= last {
            if let avoided = wanted.avoided {
                guard let port = avoided.firstNotBooked(from: start), port <= last else { return nil }
                start = port
            }
            guard
                let port = try wanted.count == 1
                    ? firstGap(from: start, to: last, wanted.transport) : firstWideGap(from: start, to: last, wanted),
                let ports = PortRange(port, count: wanted.count), ports.last <= last
            else { return nil }
            guard let blocker = try blocker(of: ports, wanted) else { return ports }
            guard let next = Port(Int(blocker.last.number) + 1) else { return nil }
            start = next
        }
        return nil
    }

    /// The first port from `first` to `last` that no booking starts at.
    ///
    /// Ports are all booked where there are as many bookings as ports. Counting them in the index is far cheaper than
    /// looking each up, so the gap is closed in on: by ranges that grow, then by halves.
    private func firstGap(
        from first: Port, to last: Port, _ transport: TransportProtocol
    ) throws(RegistryError) -> Port? {
        var start = Int(first.number)
        var size = 1
        while start <= last.number {
            var end = min(start + size - 1, Int(last.number))
            if try isFull(start, end, transport) {
                start = end + 1
                size *= 4
                continue
            }
            while start < end {
                let middle = (start + end) / 2
                if try isFull(start, middle, transport) { start = middle + 1 } else { end = middle }
            }
            return Port(start)
        }
        return nil
    }

    private func isFull(_ first: Int, _ last: Int, _ transport: TransportProtocol) throws(RegistryError) -> Bool {
        let count = try database.rows(
            "SELECT count(*) FROM bookings WHERE network = ?1 AND protocol = ?2 AND port BETWEEN ?3 AND ?4",
            .text(facts.network), .text(transport.rawValue), .integer(first), .integer(last)
        ) { $0.integer(0) }
        return count == [Int64(last - first + 1)]
    }

    /// The first port from `first` to `last` where so many follow each other that no booking starts at any of them.
    private func firstWideGap(from first: Port, to last: Port, _ wanted: WantedPorts) throws(RegistryError) -> Port? {
        try database.rows(
            """
            SELECT ?3 WHERE NOT EXISTS (
                SELECT 1 FROM bookings WHERE network = ?1 AND protocol = ?2 AND port BETWEEN ?3 AND ?3 + ?5)
            UNION ALL
            SELECT * FROM (
                SELECT port + 1 FROM bookings AS booked
                WHERE network = ?1 AND protocol = ?2 AND port BETWEEN ?3 AND ?4 AND NOT EXISTS (
                    SELECT 1 FROM bookings
                    WHERE network = ?1 AND protocol = ?2 AND port BETWEEN booked.port + 1 AND booked.port + 1 + ?5)
                ORDER BY port LIMIT 1)
            LIMIT 1
            """,
            .text(facts.network), .text(wanted.transport.rawValue), .integer(Int(first.number)),
            .integer(Int(last.number)), .integer(wanted.count - 1)
        ) { $0.port(0) }.first ?? nil
    }

    /// The ports of a booking that has some of `ports`.
    func blocker(of ports: PortRange, _ wanted: WantedPorts) throws(RegistryError) -> PortRange? {
        if let blocker = try blocker(of: ports, wanted.transport) { return blocker.ports }
        return try wanted.partner.flatMap { (partner) throws(RegistryError) in try blocker(of: ports, partner)?.ports }
    }

    func bookedCount(in range: PortRange, _ transport: TransportProtocol) throws(RegistryError) -> Int {
        let count = try database.rows(
            "SELECT sum(min(count, 65535)) FROM bookings WHERE network = ?1 AND protocol = ?2 AND port BETWEEN ?3 AND ?4",
            .text(facts.network), .text(transport.rawValue), .integer(Int(range.first.number)),
            .integer(Int(range.last.number))
        ) { $0.integer(0) }
        return Int(count.first ?? 0)
    }
}
