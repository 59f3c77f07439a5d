import PortrunBase

/// A search for free ports, as `find` makes it.
package struct FreePortSearch: Sendable {
    package let range: PortRange
    package let count: Int
    /// All of them next to each other.
    package let isConsecutive: Bool
    package let transport: TransportProtocol

    package init(in range: PortRange, count: Int, isConsecutive: Bool, _ transport: TransportProtocol) {
        self.range = range
        self.count = count
        self.isConsecutive = isConsecutive
        self.transport = transport
    }

    /// The result of a search.
    package struct Outcome: Sendable, Equatable {
        /// In order: as many as were looked for, or none.
        package var ports: [Port] = []
        /// The number of booked ports that were passed over; `busy` and `blocked` count the others.
        package var booked = 0
        package var busy = 0
        package var blocked = 0
    }
}

extension Reader {
    /// The first ports that nobody has booked, on which nothing listens, and which neither the kernel hands out nor
    /// browsers refuse. Books nothing, so that they are free for now only.
    ///
    /// One ordered query gives the booked ports. Ports that are booked or the kernel's are passed over at once, and
    /// only the rest is probed.
    package func find(_ search: FreePortSearch) throws -> FreePortSearch.Outcome {
        var outcome = FreePortSearch.Outcome()
        var booked = try bookedPorts(in: search.range, search.transport)[...]
        let ephemeral = facts.ephemeralPorts()
        let last = Int(search.range.last.number)
        var number = Int(search.range.first.number)
        while number <= last, let port = Port(number) {
            while let ports = booked.first, ports.last < port { booked.removeFirst() }
            if let ports = booked.first, ports.contains(port) {
                let end = min(Int(ports.last.number), last)
                outcome.booked += end - number + 1
                number = end
            } else if ephemeral.contains(port) {
                let end = min(Int(ephemeral.last.number), last)
                outcome.blocked += end - number + 1
                number = end
            } else if port.isPrivileged || port.isBlockedByBrowsers {
                outcome.blocked += 1
            } else if try facts.isBusy(port, search.transport) {
                outcome.busy += 1
            } else {
                if search.isConsecutive, let previous = outcome.ports.last, Int(previous.number) + 1 != number {
                    outcome.ports = []
                }
                outcome.ports.append(port)
                if outcome.ports.count == search.count { return outcome }
            }
            number += 1
        }
        outcome.ports = []
        return outcome
    }

    /// The booked ports in `range`, upwards.
    func bookedPorts(
        in range: PortRange, _ transport: TransportProtocol
    ) throws(RegistryError) -> [PortRange] {
        try database.rows(
            """
            SELECT port, count FROM bookings
            WHERE network = ?1 AND protocol = ?2 AND port <= ?4 AND port + count > ?3 ORDER BY port
            """,
            .text(facts.network), .text(transport.rawValue), .integer(Int(range.first.number)),
            .integer(Int(range.last.number))
        ) { $0.ports(0, count: 1) }.compactMap { $0 }
    }
}
