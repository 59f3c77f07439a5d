import PortrunBase

extension Transaction {
    /// The request under the name that it can have: a second live run of an exclusive service takes the next slot, and
    /// so does one inside the first that demands another port.
    ///
    /// A command and a service in a container that have one name, which happens when the command's own compose file
    /// is found only once it runs, are two services: whoever comes second has another name.
    func slot(
        for request: ServiceRequest, in record: ContextRecord, _ terms: BookingTerms,
        besides requests: [ServiceRequest], _ booked: [BookedRequest]
    ) throws -> (ServiceRequest, Booking?) {
        var slot = request
        let first = try booking(of: record, slot.service, slot.transport)
        if !request.isExclusive, let target = request.target, let first, first.isOfCommand,
            try !isSame(first, request)
        {
            slot.service = request.service.appending(Int(target.number))
            return (slot, try booking(of: record, slot.service, slot.transport))
        }
        guard request.isExclusive, let first else { return (slot, first) }
        let lineage = Lineage(facts)
        var held = HeldSlot(first, try terms.isShared ? .nobody : holding(of: first, lineage))
        let isAside = try held.holding == .nobody && isPassedOver(first, by: request, in: record, terms)
        guard try isAside || isFull(held, for: slot, terms, booked) else { return (slot, first) }
        let further = try HeldSlots(of: request, in: record, self, lineage)
        // The names of other requests of the same call are theirs.
        let others = requests.compactMap { $0.service.slot(of: request.service) }
        var number = 1
        repeat {
            if let demand = request.demand, demand == held.ports.first {
                let service = number == 1 ? request.service : request.service.appending(number)
                throw BookingError.booked(
                    ports: held.ports, owner: "\(record.label) \(service), which is running")
            }
            repeat { number += 1 } while others.contains(number)
            guard let next = further[number] else { break }
            held = next
        } while try isFull(held, for: slot, terms, booked)
        slot.service = request.service.appending(number)
        // What runs has its number, and this one another; it has its own where no slot before it has that.
        for booking in try bookings(of: record) where booking.transport == slot.transport {
            // What is in a container is another service, unless the command is to stand in its place.
            guard booking.target == nil || booking.target == request.target else { continue }
            guard let other = booking.service.slot(of: request.service), other < number else { continue }
            if slot.wish != nil, booking.port == slot.wish { slot.wish = nil }
            if isAside, other == 1 { continue }
            if booking.port == slot.declared || booking.declared == slot.declared { slot.declared = nil }
        }
        let own = try booking(of: record, slot.service, slot.transport)
        if let own, slot.declared == nil, own.declared != nil, own.declared == request.declared {
            // It was booked when the number was nobody else's.
            return (slot, try declare(nil, for: own))
        }
        return (slot, own)
    }
}

extension Transaction {
    /// True for what `adopt` or a name alone has booked, when the container that has this number comes: no web server, which
    /// a command may run beside one in a container, and nothing that a command has now.
    private func isSame(_ booking: Booking, _ request: ServiceRequest) throws -> Bool {
        guard let declared = request.declared, booking.declared == declared, request.kind != .web else { return false }
        return try commandLease(on: booking) == nil
    }

    /// True when `request` has to go on to the next slot: something in a container has this one, another request of the
    /// same call, a program of the checkout that has outlived its command, or a command that did not start this one; or
    /// any command, where the request cannot do with its port.
    private func isFull(
        _ slot: HeldSlot, for request: ServiceRequest, _ terms: BookingTerms, _ booked: [BookedRequest]
    ) throws -> Bool {
        if request.target == nil && slot.isOfContainer { return true }
        if booked.contains(where: { $0.booking?.id == slot.booking }) || outlived.contains(slot.booking) { return true }
        if terms.isShared { return false }
        switch slot.holding {
        case .nobody: return false
        case .told:
            // Who was told of the port counts on it, so it is to be had as it is.
            let isWished = request.wish.map { $0 == slot.ports.first } ?? true
            guard isWished, request.accepts(slot.ports) else { return true }
            return try firstBusy(in: slot.ports, request.transport, limit: Self.probeSample) != nil
        case .ancestor: return !request.accepts(slot.ports)
        case .another: return true
        }
    }

    /// True for a port that was booked by hand when a command has another wish now that can be had: it waits for a launch
    /// without one.
    private func isPassedOver(
        _ booking: Booking, by request: ServiceRequest, in record: ContextRecord, _ terms: BookingTerms
    ) throws -> Bool {
        guard booking.source == .demand, request.isWishSetNow, request.demand == nil, !terms.isShared,
            let wish = request.wish, wish != booking.port
        else { return false }
        let isOwn = try bookings(of: record).contains {
            $0.port == wish && $0.transport == request.transport && $0.service.slot(of: request.service) != nil
        }
        return try isOwn || obstacle(toTaking: PortRange(wish), request.transport, besides: nil, terms) == nil
    }
}

extension Booking {
    /// True for what a command binds itself, as far as the record tells: nothing inside a container, and not a port
    /// that somebody has demanded for the service by hand.
    var isOfCommand: Bool { target == nil && source != .demand }
}
