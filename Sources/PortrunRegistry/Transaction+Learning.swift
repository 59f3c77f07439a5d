import PortrunBase

/// Ports that no file declares, but on which commands of a checkout listen: other checkouts of the repository are to know
/// them as if they were declared.
extension Transaction {
    /// Notes that a command of the checkout listens on a TCP port.
    ///
    /// The only checkout, and the main one of several, has that port from now on; another one has one of its own for it.
    package func learn(_ port: Port, for record: ContextRecord) throws {
        let own = try bookings(of: record).filter { $0.transport == .tcp }
        if own.contains(where: { $0.declared == port }) { return }
        if let booking = own.first(where: { $0.ports.contains(port) }) {
            // In another checkout it is a number that nobody else knows.
            guard !isGuest, booking.port == port, booking.declared == nil, booking.source != .demand else { return }
            try database.run(
                "UPDATE bookings SET declared = ?2, source = ?3 WHERE id = ?1", .integer(booking.id),
                .port(orNull: port), .text(Booking.Source.learned.rawValue))
            return noteChange(in: record.path)
        }
        guard let service = ServiceName("port")?.appending(Int(port.number)) else { return }
        if isGuest {
            try adopt(port, service, record)
            return
        }
        guard try blocker(of: PortRange(port), .tcp) == nil else { return }
        var request = ServiceRequest(service)
        request.declared = port
        try insertLearned(request, at: port, record)
    }

    /// Notes the number by which the main worktree knows what has been booked here without one; nil where nobody declares
    /// one any more.
    @discardableResult
    package func declare(_ port: Port?, for booking: Booking) throws(RegistryError) -> Booking {
        let rowsBefore = database.writtenRows
        try database.run(
            "UPDATE bookings SET declared = ?2 WHERE id = ?1", .integer(booking.id), .port(orNull: port))
        try noteChange(of: booking.id)
        let declared = booking.with(declared: port)
        note(declared, rowsBefore)
        return declared
    }

    /// Gives a command the port that a learned number has led it to: until it listened there, the two were known as two
    /// services. Nothing happens where either has changed since.
    package func join(_ learned: Booking, into own: Booking, _ record: ContextRecord) throws {
        let bookings = try bookings(of: record)
        guard let learned = bookings.first(where: { $0.id == learned.id && $0.port == learned.port }),
            let own = bookings.first(where: { $0.id == own.id && $0.port == own.port }),
            learned.source == .learned, own.declared == nil, own.source != .demand, own.target == nil, own.count == 1,
            try liveLeases(on: learned).isEmpty
        else { return }
        try release(learned)
        try declare(learned.declared, for: move(own, to: learned.port, count: 1, .range))
    }

    /// Books a port of the checkout's own for one that commands of another one were seen to listen on.
    @discardableResult
    package func adopt(_ port: Port, _ service: ServiceName, _ record: ContextRecord) throws -> Booking {
        var request = ServiceRequest(service)
        request.declared = port
        return try insertLearned(request, at: freePort(for: request, in: record).port, record)
    }

    /// Books a port of the checkout's own for one on which another checkout listens, as `adopt` does; nil where nobody who
    /// listens there runs under a lease of another checkout.
    ///
    /// - Parameters:
    ///   - booking: the other checkout's for that port; nil where it has none, or not yet.
    ///   - lineage: who listens there, and the processes above.
    package func adopt(
        _ port: Port, of booking: Booking?, heldBy lineage: [Int32], _ record: ContextRecord
    ) throws -> Booking? {
        guard let lease = try allLeases().first(where: { lineage.contains($0.holder.pid) }) else { return nil }
        let ofThisCheckout = try bookings(of: record)
        let own = ofThisCheckout.filter { $0.transport == .tcp }
        if let known = own.first(where: { $0.declared == port }) { return known }
        if booking == nil {
            guard !lease.bookings.isEmpty, !ofThisCheckout.contains(where: { lease.bookings.contains($0.id) })
            else { return nil }
        }
        return try adopt(port, as: booking, beside: own, record)
    }

    /// Books a port of the checkout's own for one that is left to the main worktree, though nobody listens there; nil for one
    /// that is this checkout's, has been left where it is, or is held for somebody outside of the repository.
    ///
    /// - Parameter booking: another checkout's for that port; nil for none.
    package func leave(_ port: Port, as booking: Booking?, _ record: ContextRecord) throws -> Booking? {
        let own = try bookings(of: record).filter { $0.transport == .tcp }
        if let known = own.first(where: { $0.declared == port }) { return known.isMoved ? known : nil }
        if own.contains(where: { $0.ports.contains(port) }) { return nil }
        // What a portserver has given the command is a context of its own.
        let isGiven = try status(matching: BookingFilter(port: port)).contains { status in
            guard status.booking.transport == .tcp, status.context.repository != record.repository else { return false }
            return try !liveLeases(on: status.booking).isEmpty
        }
        return isGiven ? nil : try adopt(port, as: booking, beside: own, record)
    }

    private func adopt(
        _ port: Port, as booking: Booking?, beside own: [Booking], _ record: ContextRecord
    ) throws -> Booking? {
        var service = booking?.service
        // A command's own name is for the server of the project that runs here.
        if service == nil || booking?.isOfCommand == true || own.contains(where: { $0.service == service }) {
            service = ServiceName("port")?.appending(Int(port.number))
        }
        guard let service else { return nil }
        return try adopt(port, service, record)
    }

    @discardableResult
    private func insertLearned(_ request: ServiceRequest, at port: Port, _ record: ContextRecord) throws -> Booking {
        try insert(request, at: port, .learned, record, BookingTerms())
    }
}
