import PortrunBase

/// The obstacles to booking ports, or to keeping them.
extension Reader {
    /// The obstacle to booking `ports`, nil when all of them are free.
    ///
    /// - Parameter own: a booking that is about to have them instead of its own.
    func obstacle(
        to ports: PortRange, _ transport: TransportProtocol, besides own: Booking? = nil
    ) throws -> Move.Reason? {
        if let blocker = try blocker(of: ports, transport, besides: own) { return .booked(owner: blocker.owner) }
        return try firstBusy(in: ports, transport) == nil ? nil : .busy
    }

    /// The obstacle to keeping a booking: a stranger on one of its ports, or something in the way of a block that has
    /// grown.
    ///
    /// Who shares an exclusive port may well mean the very program that listens on it, as a shell does that took its
    /// variables from `export`. Of a large block only the first ports are probed.
    func obstacle(
        toKeeping booking: Booking, for request: ServiceRequest, _ terms: BookingTerms
    ) throws -> Move.Reason? {
        if !terms.isKeptWhileBusy,
            let port = try firstBusy(in: booking.ports, booking.transport, limit: Self.probeSample),
            try commandLease(on: booking) == nil,
            try request.isExclusive ? !terms.isShared : isStranger(port, booking.transport)
        {
            return .busy
        }
        guard request.count > booking.count else { return nil }
        guard let ports = PortRange(booking.port, count: request.count),
            let next = Port(Int(booking.ports.last.number) + 1), let growth = PortRange(next, ports.last)
        else { return .busy }
        return try obstacle(to: growth, booking.transport, besides: booking)
    }
}

extension BookingError {
    package init(ports: PortRange, _ reason: Move.Reason) {
        switch reason {
        case .booked(let owner): self = .booked(ports: ports, owner: owner)
        // Who demands a port has it for the asking.
        case .busy, .own, .known, .main, .mainAlone, .leftToMain, .demanded, .inUse: self = .busy(ports: ports)
        }
    }
}
