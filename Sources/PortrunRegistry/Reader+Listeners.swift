import PortrunBase

/// Listeners on ports.
extension Reader {
    /// How many ports of a block that is booked already are probed: a launch binds each of them for a moment.
    static let probeSample = 16
    /// How many ports a transaction probes where the system lists its listeners: others wait for the registry meanwhile.
    private static let probeLimit = 64

    /// True when something listens on one of a booking's ports, as far as a few probes tell.
    package func isBusy(_ booking: Booking) throws(PortProbeError) -> Bool {
        try firstProbed(in: booking.ports, booking.transport, limit: Self.probeSample) != nil
    }

    /// What tells this of so many bookings. They are probed one by one only where they are few, or the system has no list.
    func isBusy(amongst count: Int) -> (Booking) throws(PortProbeError) -> Bool {
        guard count > Self.probeSample, let tcp = facts.busyPorts(.tcp), let udp = facts.busyPorts(.udp) else {
            return isBusy
        }
        return { booking in
            let busy = booking.transport == .tcp ? tcp : udp
            if booking.count == 1 { return busy.contains(booking.port.number) }
            return booking.ports.ports.contains { busy.contains($0.number) }
        }
    }

    /// The first of `ports`, of which at most `limit` are looked at, that something listens on.
    ///
    /// A few are probed. Of more the transaction asks what is known without a probe, and runs again.
    func firstBusy(in ports: PortRange, _ transport: TransportProtocol, limit: Int = .max) throws -> Port? {
        let count = min(ports.count, limit)
        var room = min(count, Self.probeSample)
        if count > Self.probeSample || probes + count > Self.probeLimit || answers.listeners != nil {
            let listeners = try listeners(in: ports, count, transport)
            if let busy = listeners.first(in: ports, count, transport) { return busy }
            if listeners.isListed { room = min(room, Self.probeLimit - probes) }
        }
        probes += max(room, 0)
        return try firstProbed(in: ports, transport, limit: room)
    }

    /// True when the listener on the port is known not to be Docker or one of its kind.
    ///
    /// All programs' descriptors are gone through for that, so the transaction asks, about all bookings of the context at
    /// once, and runs again.
    func isStranger(_ port: Port, _ transport: TransportProtocol) throws(Unanswered) -> Bool {
        if let known = answers.strangers[Self.key(port, transport)] { return known }
        let bookings = lastBookings?.bookings ?? []
        try answers.ask { [facts, answers] _ in
            answers.strangers[Self.key(port, transport)] = facts.isStranger(port, transport)
            for booking in bookings where try facts.isBusy(booking.port, booking.transport) {
                let key = Self.key(booking.port, booking.transport)
                guard answers.strangers[key] == nil else { continue }
                answers.strangers[key] = facts.isStranger(booking.port, booking.transport)
            }
        }
        // Where nobody can be asked meanwhile.
        return facts.isStranger(port, transport)
    }

    /// True when a program of the checkout listens on the port. Likewise it is found out while others may write.
    func isOwn(_ port: Port, _ transport: TransportProtocol) throws(Unanswered) -> Bool {
        let key = Self.key(port, transport)
        if let known = answers.own[key] { return known }
        try answers.ask { [facts, answers] _ in answers.own[key] = facts.isOwn(port, transport) }
        return facts.isOwn(port, transport)
    }

    /// True when a container of the checkout publishes the port; likewise.
    func isOwnContainers(_ port: Port, _ transport: TransportProtocol) throws(Unanswered) -> Bool {
        let key = Self.key(port, transport)
        if let known = answers.ownContainers[key] { return known }
        try answers.ask { [facts, answers] _ in
            answers.ownContainers[key] = facts.isOwnContainers(port, transport)
        }
        return facts.isOwnContainers(port, transport)
    }

    /// True when a program of the checkout listens on one of a booking's ports.
    func isOutlived(_ booking: Booking) throws -> Bool {
        guard let busy = try firstBusy(in: booking.ports, booking.transport, limit: Self.probeSample) else {
            return false
        }
        return try isOwn(busy, booking.transport)
    }

    /// True when commands of other words alone have a booking's port, or a program of the checkout that has outlived its own.
    package func isServed(_ booking: Booking, byOtherThan command: String) throws -> Bool {
        let leases = try liveLeases(on: booking).filter { $0.holder.endsAt == nil }
        return try leases.isEmpty ? isOutlived(booking) : leases.allSatisfy { $0.command != command }
    }

    /// True for a port that was learned here, while a program of the checkout listens on the number itself: that one was
    /// there before.
    package func isServedAsDeclared(_ booking: Booking) throws -> Bool {
        guard booking.source == .learned, booking.isMoved, let declared = booking.declared,
            try facts.isBusy(declared, booking.transport)
        else { return false }
        return try isOwn(declared, booking.transport)
    }

    private static func key(_ port: Port, _ transport: TransportProtocol) -> Int32 {
        Int32(port.number) * 2 + (transport == .tcp ? 0 : 1)
    }

    /// - Parameter limit: how many are probed at most.
    func firstProbed(in ports: PortRange, _ transport: TransportProtocol, limit: Int) throws(PortProbeError) -> Port? {
        var offset = 0
        while offset < min(ports.count, limit), let port = Port(Int(ports.first.number) + offset) {
            if try facts.isBusy(port, transport) { return port }
            offset += 1
        }
        return nil
    }

    /// What is known of the first `count` of `ports`.
    private func listeners(
        in ports: PortRange, _ count: Int, _ transport: TransportProtocol
    ) throws(Unanswered) -> Listeners {
        let known = answers.listeners ?? Listeners()
        // Without a list a few ports are probed where they are asked for.
        let isKnown = answers.listeners != nil && (known.isListed || count <= Self.probeSample)
        if isKnown || known.knows(ports, count, transport) { return known }
        try answers.ask { [facts, answers] _ in
            if answers.listeners == nil { known.list(facts) }
            answers.listeners = known
            if !known.isListed, count > Self.probeSample { try known.probe(ports, count, transport, facts) }
        }
        return known
    }
}
