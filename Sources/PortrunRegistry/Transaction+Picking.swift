import PortrunBase

/// A pool of ports, one of which is given to any process that asks for one.
package struct PickingPool: Sendable {
    /// They do not overlap, and follow each other upwards.
    package let ranges: [PortRange]

    /// - Returns: nil for no ports.
    package init?(_ ranges: [PortRange]) {
        var merged: [PortRange] = []
        for range in ranges.sorted(by: { $0.first < $1.first }) {
            if let last = merged.last, Int(range.first.number) <= Int(last.last.number) + 1,
                let joined = PortRange(last.first, max(last.last, range.last))
            {
                merged[merged.count - 1] = joined
            } else {
                merged.append(range)
            }
        }
        guard !merged.isEmpty else { return nil }
        self.ranges = merged
    }

    package var count: Int { ranges.reduce(0) { $0 + $1.count } }

    /// All of it in two rounds: from `port` on, then the ports before it.
    func ranges(from port: Port) -> [PortRange] {
        var (later, earlier): ([PortRange], [PortRange]) = ([], [])
        for range in ranges {
            if range.last < port {
                earlier.append(range)
            } else if range.first >= port {
                later.append(range)
            } else {
                if let rest = PortRange(port, range.last) { later.append(rest) }
                if let before = Port(Int(port.number) - 1).flatMap({ PortRange(range.first, $0) }) {
                    earlier.append(before)
                }
            }
        }
        return later + earlier
    }
}

extension Transaction {
    /// Books a port of a pool, for TCP and for UDP, that a process holds until it ends: free for both, and booked by nobody.
    ///
    /// - Parameters:
    ///   - start: where to begin, so that a port which has just been given back is the last one to be given again.
    ///   - holder: the process.
    ///   - command: what it is, for people.
    /// - Returns: the port, nil when none is free, and how many ports were looked at or passed over.
    package func pick(
        from pool: PickingPool, startingAt start: Port, for holder: Holder, command: String
    ) throws -> (port: Port?, checked: Int) {
        try reapDeadLeases(.oldest)
        let (port, checked) = try firstFreePair(in: pool.ranges(from: start))
        if let port {
            try book(port, for: holder, command: command)
        } else if try !reapDeadLeases(.all).isEmpty {
            return try pick(from: pool, startingAt: start, for: holder, command: command)
        }
        return (port, checked)
    }

    private func firstFreePair(in ranges: [PortRange]) throws -> (port: Port?, checked: Int) {
        let request = ServiceRequest(.picked, kind: .other)
        let wanted = WantedPorts(request, isPaired: true, ephemeral: .notInPools)
        var refused = (busy: 0, blocked: 0)
        var checked = 0
        for range in ranges {
            if let port = try firstFree(in: range, wanted, &refused) {
                return (port, checked + Int(port.number) - Int(range.first.number) + 1)
            }
            checked += range.count
        }
        return (nil, checked)
    }

    private func book(_ port: Port, for holder: Holder, command: String) throws {
        let record = try self.record(.machine) { _, _ in true }.record
        var bookings: [Booking] = []
        for transport in [TransportProtocol.tcp, .udp] {
            var request = ServiceRequest(.picked(port, transport), kind: .other)
            request.transport = transport
            bookings.append(try insert(request, at: port, .range, record, BookingTerms(isEphemeral: true)))
        }
        _ = try lease(bookings, to: holder, command: command, isEphemeral: true)
    }
}

extension PortRange {
    /// Who names a pool means all of it, what the kernel hands out by itself, too. Port 1 is privileged anyway.
    fileprivate static var notInPools: PortRange { PortRange("1")! }
}

extension ServiceName {
    fileprivate static var picked: ServiceName { ServiceName("portserver")! }

    /// The name of a port that was given to a process: it belongs to no service that somebody has named.
    fileprivate static func picked(_ port: Port, _ transport: TransportProtocol) -> ServiceName {
        // Letters, digits and a hyphen make a name.
        ServiceName("portserver-\(port)\(transport == .udp ? "-udp" : "")")!
    }
}
