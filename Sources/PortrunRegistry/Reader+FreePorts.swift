import PortrunBase

extension Reader {
    /// Ports that no booking has come from the index in order; only those are probed.
    func firstFree(
        in range: PortRange, _ wanted: WantedPorts, _ refused: inout (busy: Int, blocked: Int)
    ) throws -> Port? {
        guard wanted.count <= range.count else { return nil }
        var start = range.first
        while let ports = try firstUnbooked(from: start, to: range.last, wanted) {
            let obstacle: Port
            if let blocked = wanted.lastBlocked(in: ports) {
                refused.blocked += 1
                obstacle = blocked
            } else if let busy = try firstBusy(in: ports, wanted) {
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

    /// The last ports of `range` that are free, with one look at the bookings and one at each port.
    func lastFree(in range: PortRange, _ wanted: WantedPorts) throws -> Port? {
        guard wanted.count <= range.count else { return nil }
        var last = range.last
        var booked = try bookedPorts(in: range, wanted.transport)
        if let partner = wanted.partner {
            booked += try bookedPorts(in: range, partner)
            booked.sort { $0.first < $1.first }
        }
        while let first = Port(Int(last.number) - wanted.count + 1), first >= range.first,
            let ports = PortRange(first, last)
        {
            while let ports = booked.last, ports.first > last { booked.removeLast() }
            let obstacle: Port
            if ports.overlaps(wanted.ephemeral) {
                obstacle = wanted.ephemeral.first
            } else if let taken = wanted.taken, taken.overlaps(ports) {
                obstacle = taken.first
            } else if let blocker = booked.last, blocker.overlaps(ports) {
                obstacle = blocker.first
            } else if let busy = try firstBusy(in: ports, wanted) {
                obstacle = busy
            } else {
                return first
            }
            guard let next = Port(Int(obstacle.number) - 1) else { return nil }
            last = next
        }
        return nil
    }

    func firstBusy(in ports: PortRange, _ wanted: WantedPorts) throws -> Port? {
        if let busy = try firstBusy(in: ports, wanted.transport) { return busy }
        guard let partner = wanted.partner else { return nil }
        return try firstBusy(in: ports, partner)
    }
}
