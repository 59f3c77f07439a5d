import PortrunBase

/// The port that one service's booking has or gets.
extension Transaction {
    /// Keeps a booking, unless a stranger has its port or a larger block is asked for and does not fit there.
    ///
    /// - Returns: nil where the command would bind its port, and a program of the checkout listens there whose own command
    ///   has ended: that one goes on serving whoever names the service.
    func keep(
        _ booking: Booking, _ request: ServiceRequest, _ record: ContextRecord, _ terms: BookingTerms,
        _ moves: inout [Move]
    ) throws -> Booking? {
        if let reason = try obstacle(toKeeping: booking, for: request, terms) {
            if request.isExclusive, reason == .busy, try isOutlived(booking) { return nil }
            if request.demand != nil {
                throw BookingError(ports: PortRange(booking.port, count: request.count) ?? booking.ports, reason)
            }
            try refuseWhileHeld(booking)
            let (port, source) = try freePort(for: request, in: record)
            moves.append(
                Move(
                    service: booking.service, from: booking.port, to: port, count: request.count,
                    formerCount: booking.count, reason: reason))
            return try move(booking, to: port, count: request.count, source)
        }
        return try refresh(booking, request)
    }

    /// Finds a port for a request that has none, or that demands another one than it has.
    func place(
        _ request: ServiceRequest, _ existing: Booking?, _ record: ContextRecord, _ terms: BookingTerms,
        _ moves: inout [Move]
    ) throws -> Booking {
        var choice: (port: Port, source: Booking.Source)?
        var refusal: (port: Port, reason: Move.Reason)?
        if isGuest, let declared = request.declared {
            refusal = (declared, try reasonForGuest(declared, request, besides: existing))
        }
        let preferences: [(Port?, Booking.Source)] = [
            (request.demand, .demand), (request.wish, .environment),
            (isGuest ? nil : request.declared, .declared),
        ]
        for case (let port?, let source) in preferences {
            guard let ports = PortRange(port, count: request.count) else {
                if source == .demand { throw BookingError.beyondLast(port: port, count: request.count) }
                continue
            }
            guard request.accepts(ports) else { continue }
            let reason = try obstacle(toTaking: ports, request.transport, besides: existing, terms)
            let isFree = try reason == nil || reason == .busy && isOwnContainers(ports, request)
            guard let reason, !isFree else {
                choice = (port, source)
                break
            }
            if source == .demand { throw BookingError(ports: ports, reason) }
            refusal = (port, reason)
        }
        let (port, source) = try choice ?? freePort(for: request, in: record)
        // A wish that is had is no move, whatever the files declare.
        if let refusal, choice?.source != .environment, choice?.source != .demand {
            moves.append(
                Move(
                    service: request.service, from: refusal.port, to: port, count: request.count,
                    reason: refusal.reason))
        }
        let booking =
            if let existing {
                try move(existing, to: port, count: request.count, source)
            } else {
                try insert(request, at: port, source, record, terms)
            }
        if let refusal, refusal.port == request.wish, port != refusal.port {
            try noteRefusal(of: refusal.port, booking, refusal.reason)
        }
        return booking
    }

    /// True where the checkout's own container has what a compose file publishes: it was started before anything was booked.
    private func isOwnContainers(_ ports: PortRange, _ request: ServiceRequest) throws -> Bool {
        guard request.target != nil, !isGuest, request.demand == nil else { return false }
        return try firstBusy(in: ports, request.transport).map { try isOwnContainers($0, request.transport) } ?? false
    }

    /// Throws when a running command holds `booking`, which is about to move: it goes on with the port that it was given.
    func refuseWhileHeld(_ booking: Booking) throws {
        guard let lease = try commandLease(on: booking) else { return }
        throw BookingError.held(
            service: booking.service, ports: booking.ports, pid: lease.holder.pid, command: lease.command)
    }
}
