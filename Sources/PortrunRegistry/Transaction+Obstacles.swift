import PortrunBase

/// The obstacles to booking ports, or to keeping them.
extension Transaction {
    /// How many ports of a block that is booked already are probed: a launch binds each of them for a moment.
    private static let probeSample = 16

    /// The obstacle to booking `ports`, nil when all of them are free.
    ///
    /// - Parameter own: a booking that is about to have them instead of its own.
    func obstacle(
        to ports: PortRange, _ transport: TransportProtocol, besides own: Booking? = nil
    ) throws(RegistryError) -> Move.Reason? {
        if let blocker = try blocker(of: ports, transport, besides: own) { return .booked(owner: blocker.owner) }
        return firstBusy(in: ports, transport) == nil ? nil : .busy
    }

    /// The obstacle to keeping a booking: a stranger on one of its ports, or something in the way of a block that has
    /// grown.
    ///
    /// Who shares an exclusive port may well mean the very program that listens on it, as a shell does that took its
    /// variables from `export`. Of a large block only the first ports are probed.
    func obstacle(
        toKeeping booking: Booking, for request: ServiceRequest, _ terms: BookingTerms
    ) throws(RegistryError) -> Move.Reason? {
        if !terms.isKeptWhileBusy, let port = firstBusy(in: booking.ports, booking.transport, limit: Self.probeSample),
            try commandLease(on: booking) == nil,
            request.isExclusive ? !terms.isShared : facts.isStranger(port, booking.transport)
        {
            return .busy
        }
        guard request.count > booking.count else { return nil }
        guard let ports = PortRange(booking.port, count: request.count),
            let next = Port(Int(booking.ports.last.number) + 1), let growth = PortRange(next, ports.last)
        else { return .busy }
        return try obstacle(to: growth, booking.transport, besides: booking)
    }

    /// True when something listens on one of a booking's ports, as far as a few probes tell.
    func isBusy(_ booking: Booking) -> Bool {
        firstBusy(in: booking.ports, booking.transport, limit: Self.probeSample) != nil
    }

    /// The first of `ports`, of which at most `limit` are probed, that something listens on.
    func firstBusy(in ports: PortRange, _ transport: TransportProtocol, limit: Int = .max) -> Port? {
        if facts.isBusy(ports.first, transport) { return ports.first }
        var offset = 1
        while offset < min(ports.count, limit), let port = Port(Int(ports.first.number) + offset) {
            if facts.isBusy(port, transport) { return port }
            offset += 1
        }
        return nil
    }

    /// The last booking of this network that has one of `ports`, with `label service` of its owner.
    ///
    /// Bookings do not overlap, so that of those which start at the last port or before it only the last can reach
    /// into `ports`.
    func blocker(
        of ports: PortRange, _ transport: TransportProtocol, besides own: Booking? = nil
    ) throws(RegistryError) -> (owner: String, ports: PortRange)? {
        let before = try database.rows(
            """
            SELECT label || ' ' || service, port, count FROM bookings LEFT JOIN contexts ON contexts.id = context
            WHERE network = ?1 AND protocol = ?2 AND port <= ?3 AND bookings.id <> ?4 ORDER BY port DESC LIMIT 1
            """,
            .text(facts.network), .text(transport.rawValue), .integer(Int(ports.last.number)),
            .integer(own?.id ?? 0)
        ) { row in row.ports(1, count: 2).map { (row.text(0), $0) } }
        guard let first = before.first, let booking = first, booking.1.last >= ports.first else { return nil }
        return (owner: booking.0, ports: booking.1)
    }
}
