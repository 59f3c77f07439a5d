import PortrunBase

extension Transaction {
    /// Sees to it that two services, one for TCP and one for UDP, have bookings on one number.
    ///
    /// A pair that has one keeps it while no stranger takes either, and two that have different numbers keep those unless
    /// a wish can be had, as do those of which a running command holds one that would have to move.
    /// What has to be booked or to move gets, in order, the number demanded, the one wished for, the one declared, the
    /// one that either has, the first that is free for both.
    func settle(
        _ pair: (ServiceRequest, ServiceRequest), _ record: ContextRecord, _ terms: BookingTerms,
        _ moves: inout [Move]
    ) throws {
        let members = [pair.0, pair.1]
        let existing = try members.map { try booking(of: record, $0.service, $0.transport) }
        let wish = pair.0.wish ?? pair.1.wish
        var areApart = false
        if let first = existing[0], let second = existing[1] { areApart = first.port != second.port }
        let demand = pair.0.demand ?? pair.1.demand
        if areApart, wish == nil || demand != nil { return }
        let held = existing[0] ?? existing[1]
        var preferences: [(port: Port, source: Booking.Source)] = []
        if let demand {
            preferences = [(demand, demand == held?.port ? held?.source ?? .demand : .demand)]
        } else {
            if try held == nil || arePreferring(existing, terms) {
                if let wish { preferences.append((wish, .environment)) }
                if !areApart, !isGuest, let declared = pair.0.declared { preferences.append((declared, .declared)) }
            } else if let wish, let held, existing.contains(where: { $0.map { $0.port != wish } ?? false }) {
                let isSaid = !terms.isShared || members.contains(where: \.isWishSetNow)
                let lease = try commandLease(on: held)
                let user = lease.map { "pid \($0.holder.pid) (\($0.command))" }
                let reason: Move.Reason = held.source == .demand ? .demanded : .inUse(by: user)
                if try isSaid && noteRefusal(of: wish, members, record, reason) {
                    moves += self.moves(of: pair, from: wish, to: held.port, reason)
                }
            }
            if !areApart, let held, !preferences.contains(where: { $0.port == held.port }) {
                preferences.append((held.port, held.source))
            }
        }
        var choice: (port: Port, source: Booking.Source)?
        var refusal: (port: Port, reason: Move.Reason)?
        if isGuest, preferences.isEmpty, let declared = pair.0.declared {
            refusal = (declared, try reasonForGuest(declared, pair.0, besides: existing[0]))
        }
        for preference in preferences {
            guard let ports = PortRange(preference.port, count: pair.0.count) else {
                if demand != nil { throw BookingError.beyondLast(port: preference.port, count: pair.0.count) }
                continue
            }
            var reason: Move.Reason?
            for (member, booking) in zip(members, existing) where reason == nil {
                reason =
                    if let booking, booking.port == preference.port {
                        try obstacle(toKeeping: booking, for: member, terms)
                    } else {
                        try obstacle(toTaking: ports, member.transport, besides: booking, terms)
                    }
            }
            guard let reason else {
                choice = preference
                break
            }
            if demand != nil { throw BookingError(ports: ports, reason) }
            // That a pair which has moved cannot have the declared number was said when it moved.
            let isKnown = held.map { $0.port != preference.port } ?? false
            if !isKnown || preference.source != .declared { refusal = refusal ?? (preference.port, reason) }
        }
        if areApart, choice == nil {
            guard let held, let refusal, try noteRefusal(of: refusal.port, members, record, refusal.reason) else {
                return
            }
            moves += self.moves(of: pair, from: refusal.port, to: held.port, refusal.reason)
            return
        }
        let (port, source) = try choice ?? freePort(for: pair.0, in: record, isPaired: true)
        for case let booking? in existing where booking.port != port {
            if try commandLease(on: booking) != nil { return }
        }
        for (member, booking) in zip(members, existing) {
            if let booking {
                if booking.port != port || booking.count < member.count {
                    try move(booking, to: port, count: member.count, source)
                }
            } else {
                try insert(member, at: port, source, record, terms)
            }
        }
        guard let refusal, refusal.port != port else { return }
        if refusal.port == wish, try !noteRefusal(of: refusal.port, members, record, refusal.reason) { return }
        moves += self.moves(of: pair, from: refusal.port, to: port, refusal.reason)
    }

    /// What is told of a pair: once where both are one service.
    private func moves(
        of pair: (ServiceRequest, ServiceRequest), from: Port, to: Port, _ reason: Move.Reason
    ) -> [Move] {
        var moves = [Move(service: pair.0.service, from: from, to: to, count: pair.0.count, reason: reason)]
        if pair.0.service != pair.1.service {
            moves.append(Move(service: pair.1.service, from: from, to: to, count: pair.1.count, reason: reason))
        }
        return moves
    }

    /// True for a pair that would rather have the number wished for or declared, and can move there: nobody uses it.
    private func arePreferring(_ existing: [Booking?], _ terms: BookingTerms) throws -> Bool {
        for case let booking? in existing {
            guard booking.source != .demand, try isIdle(booking, terms) else { return false }
        }
        return true
    }
}
