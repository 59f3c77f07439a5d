import PortrunBase

/// Ports that a service should rather have than the one it has.
extension Transaction {
    /// Moves an idle booking to the port that the user wishes now, or that the project declares and nobody else has.
    ///
    /// What runs goes on where it is. A wish that cannot be had is noted among `moves`; that a declared port cannot be
    /// had was said when the booking moved away from it.
    /// - Returns: nil when the booking stays where it is.
    func placePreferred(
        _ booking: Booking, _ request: ServiceRequest, _ record: ContextRecord, _ terms: BookingTerms,
        _ moves: inout [Move]
    ) throws -> Booking? {
        guard request.demand == nil, request.range == nil else { return nil }
        if isGuest, booking.source == .yielded, request.wish == nil, let declared = request.declared,
            declared != booking.port
        {
            // It had the number until the main checkout used it again.
            moves.append(
                Move(service: booking.service, from: declared, to: booking.port, count: booking.count, reason: .main))
            return try refresh(move(booking, to: booking.port, count: booking.count, .range), request)
        }
        if isWishOfBefore(booking, request, terms), try isIdle(booking, terms) {
            let former = request.declared == nil ? try declare(nil, for: booking) : booking
            return try refresh(place(request, former, record, terms, &moves), request)
        }
        let preference: (port: Port, source: Booking.Source)
        if let wish = request.wish {
            preference = (wish, .environment)
        } else if let declared = request.declared, !isGuest {
            preference = (declared, .declared)
        } else {
            return nil
        }
        guard preference.port != booking.port, let ports = PortRange(preference.port, count: request.count) else {
            return nil
        }
        guard try isIdle(booking, terms) else {
            // What is not where it should be for long is no news.
            let isNew =
                preference.source == .environment || booking.source == .environment || booking.source == .declared
            if isNew, !terms.isShared || request.isWishSetNow {
                let lease = try commandLease(on: booking)
                let reason = Move.Reason.inUse(by: lease.map { "pid \($0.holder.pid) (\($0.command))" })
                if try isNews(preference, booking, reason) {
                    moves.append(
                        Move(
                            service: booking.service, from: preference.port, to: booking.port, count: booking.count,
                            reason: reason))
                }
            }
            return nil
        }
        if booking.source == .demand, !request.isWishSetNow || terms.isShared {
            if preference.source == .environment, try isNews(preference, booking, .demanded) {
                moves.append(
                    Move(
                        service: booking.service, from: preference.port, to: booking.port, count: booking.count,
                        reason: .demanded))
            }
            return nil
        }
        if let reason = try obstacle(toTaking: ports, request.transport, besides: booking, terms) {
            if preference.source == .environment || booking.source == .yielded {
                if try isNews(preference, booking, reason) {
                    moves.append(
                        Move(
                            service: booking.service, from: preference.port, to: booking.port, count: booking.count,
                            reason: reason))
                }
                if booking.source == .yielded {
                    return try refresh(
                        move(booking, to: booking.port, count: booking.count, .range), request)
                }
            }
            return nil
        }
        return try refresh(move(booking, to: preference.port, count: request.count, preference.source), request)
    }

    /// True for a port that the user wished once, when a command starts for which nobody does; what is declared comes
    /// back by itself.
    private func isWishOfBefore(_ booking: Booking, _ request: ServiceRequest, _ terms: BookingTerms) -> Bool {
        booking.source == .environment && !terms.isShared && request.isExclusive && request.wish == nil
            && (isGuest || request.declared == nil)
    }

    /// True while no command holds the booking and nothing listens there, but for a container that is about to be made
    /// anew.
    package func isIdle(_ booking: Booking, _ terms: BookingTerms) throws -> Bool {
        if try commandLease(on: booking) != nil { return false }
        guard let busy = try firstBusy(in: booking.ports, booking.transport, limit: Self.probeSample)
        else { return true }
        guard terms.isComposing, booking.target != nil else { return false }
        return try !isStranger(busy, booking.transport)
    }
}
