import PortrunBase

/// Bookings of a context that a service finds under another name, as `adopt` leaves them.
extension Transaction {
    /// Finds what the context has booked for the port that `request` declares under another name, as `adopt` does that
    /// knows a port but not its service. It is one port, and so one booking.
    func takeOver(
        for request: ServiceRequest, besides requests: [ServiceRequest], _ record: ContextRecord
    ) throws -> Booking? {
        guard let declared = request.declared, request.demand == nil else { return nil }
        // Hundreds of services may declare one port: each of the bookings is looked at once, not anew for each service.
        var next = try unaskedBookings(of: record, requests).next(declaring: declared)
        while let place = next {
            next = unasked?.next(declaring: declared, from: place + 1)
            guard let id = unasked?.id(at: place), let booking = try booking(of: record, numbered: id),
                booking.declared == declared, booking.transport == request.transport, booking.source != .demand,
                booking.count == request.count
            else { continue }
            unasked?.takeOut(at: place)
            // What runs in a container stays that container's.
            if booking.target != nil, request.target == nil, try isBusy(booking) { continue }
            guard !bookedNow.contains(id), try liveLeases(on: booking).isEmpty else { continue }
            return try rename(booking, to: request.service)
        }
        return nil
    }

    /// Has a service change names with another idle booking of the context that has the port which is wished for or
    /// declared now: neither port moves.
    ///
    /// As `adopt` leaves them, which knows several ports of commands that have one name when they run.
    /// - Returns: what the service has then.
    func exchanged(
        _ booking: Booking, _ request: ServiceRequest, besides requests: [ServiceRequest], _ record: ContextRecord,
        _ terms: BookingTerms
    ) throws -> Booking {
        guard let port = request.wish ?? (isGuest ? nil : request.declared), port != booking.port,
            request.demand == nil, request.range == nil, booking.target == nil, booking.source != .demand
        else { return booking }
        let other = try bookings(of: record).first {
            $0.port == port && $0.declared == port && $0.transport == request.transport && $0.count == booking.count
                && $0.target == nil && $0.source != .demand && $0.isEphemeral == booking.isEphemeral
        }
        guard let other, try unaskedBookings(of: record, requests).contains(other.id, declaring: port),
            !bookedNow.contains(other.id), try liveLeases(on: other).isEmpty,
            try isIdle(booking, terms), case let name = request.service.appending(Int(booking.port.number)),
            try self.booking(of: record, name, request.transport) == nil
        else { return booking }
        _ = try rename(booking, to: name)
        return try rename(other, to: request.service)
    }

    private func unaskedBookings(
        of record: ContextRecord, _ requests: [ServiceRequest]
    ) throws(RegistryError) -> UnaskedBookings {
        if let unasked { return unasked }
        let found = UnaskedBookings(try bookings(of: record), besides: requests)
        unasked = found
        return found
    }
}
