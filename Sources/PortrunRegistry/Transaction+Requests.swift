import PortrunBase

extension Transaction {
    /// Books every request but those that may be left out and find no free port, or throws and leaves everything as it
    /// was.
    ///
    /// In order, for each: the port demanded, the one wished for, the one declared, the port it has, the first free one
    /// of its range, of the default range, the port of an idle booking whose context is gone. A port that is in use
    /// stays, and a guest takes none that it declares. A port that must not move has the declared one or none. A TCP
    /// and a UDP port that are declared with one number have one.
    ///
    /// - Throws: `BookingError` or `RegistryError`; `PortProbeError` where it does not become known what is free.
    package func book(
        _ requests: [ServiceRequest], for record: ContextRecord, terms: BookingTerms
    ) throws -> BookingOutcome {
        var outcome = BookingOutcome()
        var taken: [BookingError.TakenPort] = []
        declared = requests.compactMap { request in request.declared.flatMap { PortRange($0, count: request.count) } }
        if !terms.declaredBeside.isEmpty { declared += terms.declaredBeside }
        named = terms.named
        (bookedNow, outlived, yields, unasked, insertedNow) = ([], [], [], nil, [])
        (yieldCount, reclaimCount) = (0, 0)
        (avoided, searches, failures) = (nil, nil, nil)
        let pairs = RequestPairs(requests)
        var portCount = 0
        for (index, request) in requests.enumerated() {
            let booking: Booking?
            portCount += request.count
            if request.mayBeLeftOut, portCount > BookingOutcome.mostPorts {
                portCount -= request.count
                outcome.leftOut.append(request)
                outcome.beyondLimit += 1
                booking = nil
            } else if request.isUnmovable {
                booking = try bookFixed(request, record, terms, &taken)
            } else {
                let partner = pairs.laterPartner(of: index)
                let isLater = pairs.hasEarlierPartner(index)
                let movesBefore = outcome.moves.count
                do {
                    if let partner, !isLater {
                        try settle((request, requests[partner]), record, terms, &outcome.moves)
                    }
                    let isPaired = partner != nil || isLater
                    booking = try book(request, isPaired: isPaired, besides: requests, for: record, terms, &outcome)
                } catch BookingError.exhausted where request.mayBeLeftOut {
                    outcome.moves.removeSubrange(movesBefore...)
                    outcome.leftOut.append(request)
                    booking = nil
                }
            }
            if let booking { bookedNow.append(booking.id) }
            let isNew = booking.map { insertedNow.contains($0.id) } ?? false
            outcome.requests.append(BookedRequest(request: request, booking: booking, isNew: isNew))
        }
        guard taken.isEmpty else { throw BookingError.fixed(taken) }
        outcome.yields = yields
        return outcome
    }

    /// Books a port that may move.
    private func book(
        _ request: ServiceRequest, isPaired: Bool, besides requests: [ServiceRequest], for record: ContextRecord,
        _ terms: BookingTerms, _ outcome: inout BookingOutcome
    ) throws -> Booking {
        var former: Booking?
        while true {
            let (slot, existing) = try slot(for: request, in: record, terms, besides: requests, outcome.requests)
            let movesBefore = outcome.moves.count
            guard
                let booking = try book(
                    slot, existing, isPaired: isPaired, besides: requests, for: record, terms, &outcome)
            else {
                // What was said of that slot is not true of the next one.
                outcome.moves.removeSubrange(movesBefore...)
                former = former ?? existing
                existing.map { outlived.append($0.id) }
                continue
            }
            if slot.service != request.service { noteLostWish(request, slot, booking, &outcome.moves) }
            if let former {
                outcome.moves.append(
                    Move(
                        service: booking.service, from: former.port, to: booking.port, count: booking.count,
                        reason: .busy))
            }
            return booking
        }
    }

    /// - Parameter found: what is booked for the slot.
    /// - Returns: nil where a program of the checkout listens there that has outlived its command.
    private func book(
        _ request: ServiceRequest, _ found: Booking?, isPaired: Bool, besides requests: [ServiceRequest],
        for record: ContextRecord, _ terms: BookingTerms, _ outcome: inout BookingOutcome
    ) throws -> Booking? {
        var (slot, existing) = (request, found)
        if let found = existing {
            existing = try exchanged(found, slot, besides: requests, record, terms)
        } else {
            existing = try takeOver(for: slot, besides: requests, record)
        }
        // Who asks for a service by its name does not know how large its block is.
        if let existing, slot.entry == nil, !slot.isCountDemanded { slot.count = max(slot.count, existing.count) }
        guard let existing, slot.accepts(PortRange(existing.port, count: slot.count) ?? existing.ports) else {
            if let existing { try refuseWhileHeld(existing) }
            return try place(slot, existing, record, terms, &outcome.moves)
        }
        if slot.count < existing.count, try commandLease(on: existing) != nil {
            if slot.isCountDemanded { try refuseWhileHeld(existing) }
            slot.count = existing.count
        }
        if !isPaired, let preferred = try placePreferred(existing, slot, record, terms, &outcome.moves) {
            return preferred
        }
        return try keep(existing, slot, record, terms, &outcome.moves)
    }

    /// Notes that a further slot does not have the port that was wished for, which one before it has.
    private func noteLostWish(
        _ request: ServiceRequest, _ slot: ServiceRequest, _ booking: Booking, _ moves: inout [Move]
    ) {
        guard let wish = request.wish, slot.wish == nil, wish != booking.port else { return }
        moves.append(
            Move(
                service: booking.service, from: wish, to: booking.port, count: booking.count,
                reason: .booked(owner: "this checkout's `\(request.service)`")))
    }
}
