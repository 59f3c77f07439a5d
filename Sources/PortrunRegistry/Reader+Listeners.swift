import PortrunBase

/// Listeners on ports.
extension Reader {
    /// How many ports of a block that is booked already are probed: a launch binds each of them for a moment.
    static let probeSample = 16

    /// True when something listens on one of a booking's ports, as far as a few probes tell.
    func isBusy(_ booking: Booking) -> Bool {
        firstBusy(in: booking.ports, booking.transport, limit: Self.probeSample) != nil
    }

    /// What tells this of so many bookings. They are probed one by one only where they are few, or the system has no list.
    func isBusy(amongst count: Int) -> (Booking) -> Bool {
        guard count > Self.probeSample, let tcp = facts.busyPorts(.tcp), let udp = facts.busyPorts(.udp) else {
            return isBusy
        }
        return { booking in
            let busy = booking.transport == .tcp ? tcp : udp
            if booking.count == 1 { return busy.contains(booking.port.number) }
            return booking.ports.ports.contains { busy.contains($0.number) }
        }
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
}
