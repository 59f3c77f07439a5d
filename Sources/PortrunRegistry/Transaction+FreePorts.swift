import PortrunBase

extension Transaction {
    /// The first free port for a request, or the first one of so many as it asks for: from the range asked for and
    /// nowhere else; without one, for a privileged port from those
    /// that stand in for it, else from its kind's range, else the default range, else a block from wherever there is
    /// room, else from an idle booking whose context is gone.
    ///
    /// A block of more than a tenth of the default range is not looked for there: it would leave too little to others.
    ///
    /// - Parameters:
    ///   - record: the context that it is for.
    ///   - isPaired: the same number is to be free for the other transport, too.
    func freePort(
        for request: ServiceRequest, in record: ContextRecord, isPaired: Bool = false
    ) throws -> (port: Port, source: Booking.Source) {
        let search = Search(request, isPaired: isPaired, ephemeral: facts.ephemeralPorts())
        var refused = (busy: 0, blocked: 0)
        if let range = request.range {
            if let port = try firstFree(in: range, search, &refused) { return (port, .range) }
            if let port = try reclaim(in: range, search, for: record) { return (port, .reclaimed) }
            throw try exhausted(request, range, refused)
        }
        var refusedFurther = refused
        if let range = (request.declared ?? request.wish)?.unprivilegedStandIns,
            let port = try firstFree(in: range, search, &refusedFurther)
        {
            return (port, .range)
        }
        let own = try range(of: request.kind)
        let fallback = try range(of: .other)
        let isHuge = request.count > 1 && request.count * 10 > fallback.count
        if own != fallback || !isHuge, let port = try firstFree(in: own, search, &refused) { return (port, .range) }
        if own != fallback, !isHuge, let port = try firstFree(in: fallback, search, &refusedFurther) {
            return (port, .fallback)
        }
        if request.count > 1, let port = try lastFree(in: .forBlocks, search) { return (port, .fallback) }
        var ranges = own == fallback ? [own] : [own, fallback]
        if request.count > 1 { ranges.append(.forBlocks) }
        for range in ranges {
            if let port = try reclaim(in: range, search, for: record) { return (port, .reclaimed) }
        }
        throw try exhausted(request, own, refused)
    }

    private func exhausted(
        _ request: ServiceRequest, _ range: PortRange, _ refused: (busy: Int, blocked: Int)
    ) throws(RegistryError) -> BookingError {
        .exhausted(
            service: request.service, count: request.count, range: range, isDemanded: request.range != nil,
            booked: try bookedCount(in: range, request.transport), busy: refused.busy, blocked: refused.blocked)
    }

    /// The search for ports that one request needs.
    private struct Search {
        let count: Int
        let transport: TransportProtocol
        /// The transport that the same ports are to be free for.
        let partner: TransportProtocol?
        let ephemeral: PortRange

        init(_ request: ServiceRequest, isPaired: Bool, ephemeral: PortRange) {
            count = request.count
            transport = request.transport
            partner = isPaired ? (transport == .tcp ? .udp : .tcp) : nil
            self.ephemeral = ephemeral
        }

        /// The last of the ports from the first of `ports` on that nobody may have; nil when `ports` may be had.
        ///
        /// What browsers block counts for one port alone: a block of thousands would hardly find room between them.
        func lastBlocked(in ports: PortRange) -> Port? {
            if ports.count == 1 {
                let port = ports.first
                return port.isPrivileged || port.isBlockedByBrowsers || ephemeral.contains(port) ? port : nil
            }
            if ports.first.isPrivileged { return .lastPrivileged }
            return ports.overlaps(ephemeral) ? ephemeral.last : nil
        }
    }

    /// Ports that no booking has come from the index in order; only those are probed.
    private func firstFree(
        in range: PortRange, _ search: Search, _ refused: inout (busy: Int, blocked: Int)
    ) throws(RegistryError) -> Port? {
        var start = range.first
        while let ports = try firstUnbooked(from: start, to: range.last, search) {
            let obstacle: Port
            if let blocked = search.lastBlocked(in: ports) {
                refused.blocked += 1
                obstacle = blocked
            } else if let busy = firstBusy(in: ports, search) {
                refused.busy += 1
                obstacle = busy
            } else {
                return ports.first
            }
            guard let next = Port(Int(obstacle.number) + 1) else { return nil }
            start = next
        }
        return nil
    }

    /// The last ports of `range` that are free, from above down, so that blocks and the default range meet late.
    private func lastFree(in range: PortRange, _ search: Search) throws(RegistryError) -> Port? {
        var last = range.last
        while let first = Port(Int(last.number) - search.count + 1), first >= range.first,
            let ports = PortRange(first, last)
        {
            let obstacle: Port
            if ports.overlaps(search.ephemeral) {
                obstacle = search.ephemeral.first
            } else if let blocker = try blocker(of: ports, search) {
                obstacle = blocker.first
            } else if let busy = firstBusy(in: ports, search) {
                obstacle = busy
            } else {
                return first
            }
            guard let next = Port(Int(obstacle.number) - 1) else { return nil }
            last = next
        }
        return nil
    }

    private func firstBusy(in ports: PortRange, _ search: Search) -> Port? {
        firstBusy(in: ports, search.transport) ?? search.partner.flatMap { firstBusy(in: ports, $0) }
    }

    /// The first ports that no booking has, as many as are looked for.
    ///
    /// The index gives the first gap between the first ports of the bookings; a block may reach into it.
    private func firstUnbooked(
        from first: Port, to last: Port, _ search: Search
    ) throws(RegistryError) -> PortRange? {
        var start = first
        while start <= last {
            guard
                let port = try search.count == 1
                    ? firstGap(from: start, to: last, search.transport) : firstWideGap(from: start, to: last, search),
                let ports = PortRange(port, count: search.count), ports.last <= last
            else { return nil }
            guard let blocker = try blocker(of: ports, search) else { return ports }
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
    private func firstWideGap(from first: Port, to last: Port, _ search: Search) throws(RegistryError) -> Port? {
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
            .text(facts.network), .text(search.transport.rawValue), .integer(Int(first.number)),
            .integer(Int(last.number)), .integer(search.count - 1)
        ) { $0.port(0) }.first ?? nil
    }

    /// The ports of a booking that has some of `ports`.
    private func blocker(of ports: PortRange, _ search: Search) throws(RegistryError) -> PortRange? {
        if let blocker = try blocker(of: ports, search.transport) { return blocker.ports }
        return try search.partner.flatMap { (partner) throws(RegistryError) in try blocker(of: ports, partner)?.ports }
    }

    /// Reaps all that is dead; where that frees nothing, gives up the least recently used booking in `range` that has no
    /// lease and whose context is gone.
    ///
    /// What `record` has stays, dead leases and all: some of it may have been booked for the caller just now.
    private func reclaim(
        in range: PortRange, _ search: Search, for record: ContextRecord
    ) throws(RegistryError) -> Port? {
        let own = Set(try allBookings(of: record).map(\.id))
        let ended = try end(try deadLeases(.all).filter { own.isDisjoint(with: $0.bookings) })
        var refused = (busy: 0, blocked: 0)
        if !ended.isEmpty, let port = try firstFree(in: range, search, &refused) { return port }
        let held = try heldBookings()
        let booked = try database.rows(
            """
            SELECT port, bookings.id, \(ContextRecord.columns.qualified(by: "contexts"))
            FROM bookings JOIN contexts ON contexts.id = context
            WHERE network = ?1 AND protocol = ?2 AND port BETWEEN ?3 AND ?4 AND count >= ?5
            ORDER BY bookings.last_used
            """,
            .text(facts.network), .text(search.transport.rawValue), .integer(Int(range.first.number)),
            .integer(Int(range.last.number) - search.count + 1), .integer(search.count)
        ) { (port: $0.port(0), id: $0.integer(1), context: ContextRecord($0, first: 2)) }
        for booking in booked where !held.contains(booking.id) && booking.context.id != record.id {
            guard let port = booking.port, let ports = PortRange(port, count: search.count),
                facts.isGone(booking.context.place) != nil, search.lastBlocked(in: ports) == nil,
                firstBusy(in: ports, search) == nil
            else { continue }
            if let partner = search.partner, try blocker(of: ports, partner) != nil { continue }
            try database.run("DELETE FROM bookings WHERE id = ?1", .integer(booking.id))
            return port
        }
        return nil
    }

    private func bookedCount(in range: PortRange, _ transport: TransportProtocol) throws(RegistryError) -> Int {
        let count = try database.rows(
            "SELECT sum(min(count, 65535)) FROM bookings WHERE network = ?1 AND protocol = ?2 AND port BETWEEN ?3 AND ?4",
            .text(facts.network), .text(transport.rawValue), .integer(Int(range.first.number)),
            .integer(Int(range.last.number))
        ) { $0.integer(0) }
        return Int(count.first ?? 0)
    }
}

extension Port {
    /// A valid port.
    fileprivate static var lastPrivileged: Port { Port(1023)! }

    /// The ports that a privileged one moves to, easy to recognise: 8080 or above for 80, 8443 for 443; nil for others.
    fileprivate var unprivilegedStandIns: PortRange? {
        guard isPrivileged, let first = Port(Int(number) + 8000), let last = Port(9999) else { return nil }
        return PortRange(first, last)
    }
}

extension PortRange {
    /// A valid range: where a block goes that fits in neither its kind's range nor the default one.
    fileprivate static var forBlocks: PortRange { PortRange("10000-65535")! }
}

extension String {
    /// The columns of a list, each with its table's name before it.
    func qualified(by table: String) -> String {
        split(separator: ",").map { table + "." + $0.drop { $0 == " " } }.joined(separator: ", ")
    }
}
