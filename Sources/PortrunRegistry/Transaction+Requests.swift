import PortrunBase

extension Transaction {
    /// Books every request, or throws and leaves everything as it was.
    ///
    /// In order, for each: the port demanded, the port it has, the one wished for, the one declared, the first free
    /// one of its range, of the default range, the port of an idle booking whose context is gone. A port that must not
    /// move has the declared one or none. A TCP and a UDP port that are declared with one number have one.
    ///
    /// - Throws: `BookingError` or `RegistryError`.
    package func book(
        _ requests: [ServiceRequest], for record: ContextRecord, terms: BookingTerms
    ) throws -> BookingOutcome {
        var outcome = BookingOutcome()
        var taken: [BookingError.TakenPort] = []
        let hasPairs = requests.contains { $0.transport == .udp }
        for (index, request) in requests.enumerated() {
            if request.isUnmovable {
                try bookFixed(request, index, record, terms, &outcome, &taken)
                continue
            }
            if hasPairs, let partner = request.partner(in: requests[(index + 1)...]),
                request.partner(in: requests[..<index]) == nil
            {
                try settle((request, partner), record, terms, &outcome.moves)
            }
            var (slot, existing) = try slot(for: request, in: record, terms, besides: requests, outcome.bookings)
            // Who asks for a service by its name does not know how large its block is.
            if let existing, slot.entry == nil, !slot.isCountDemanded { slot.count = max(slot.count, existing.count) }
            if let existing, slot.accepts(PortRange(existing.port, count: slot.count) ?? existing.ports) {
                if slot.count < existing.count, try commandLease(on: existing) != nil {
                    if slot.isCountDemanded { try refuseWhileHeld(existing) }
                    slot.count = existing.count
                }
                outcome.bookings.append(try keep(existing, slot, record, terms, &outcome.moves))
            } else {
                if let existing { try refuseWhileHeld(existing) }
                outcome.bookings.append(try place(slot, existing, record, terms, &outcome.moves))
            }
        }
        guard taken.isEmpty else { throw BookingError.fixed(taken) }
        return outcome
    }
}
