import PortrunBase

/// Ports that no file declares, but on which commands of a checkout listen: other checkouts of the repository are to know
/// them as if they were declared.
extension Transaction {
    /// Notes that a command of the checkout listens on a TCP port.
    ///
    /// The only checkout, and the main one of several, has that port from now on; another one has one of its own for it.
    /// - Returns: what was learned of that very port, now or before; nil where it is booked otherwise.
    package func learn(_ port: Port, for record: ContextRecord) throws -> Booking? {
        let own = try bookings(of: record).filter { $0.transport == .tcp }
        if let known = own.first(where: { $0.declared == port }) {
            return known.port == port ? known : nil
        }
        if let booking = own.first(where: { $0.ports.contains(port) }) {
            // In another checkout it is a number that nobody else knows.
            if booking.source == .learned { return booking }
            guard !isGuest, booking.port == port, booking.declared == nil, booking.source != .demand else { return nil }
            try database.run(
                "UPDATE bookings SET declared = ?2, source = ?3 WHERE id = ?1", .integer(booking.id),
                .port(orNull: port), .text(Booking.Source.learned.rawValue))
            noteChange(in: record.path)
            return nil
        }
        guard let service = ServiceName("port")?.appending(Int(port.number)) else { return nil }
        if isGuest {
            try adopt(port, service, record)
            // The command listens on the number itself.
            return nil
        }
        guard try blocker(of: PortRange(port), .tcp) == nil else { return nil }
        var request = ServiceRequest(service)
        request.declared = port
        return try insertLearned(request, at: port, record)
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

    /// Has a command hold what was learned of a port on which it listens: it is what runs there, under the name that the
    /// number has in every checkout.
    package func hold(_ learned: Booking, by lease: Lease) throws {
        guard try !leases(on: learned).contains(where: { $0.id == lease.id }) else { return }
        try database.run(
            "UPDATE leases SET bookings = ?4 || bookings WHERE id = ?1 AND pid = ?2 AND start IS ?3",
            .integer(lease.id), .integer(Int(lease.holder.pid)), .bits(orNull: lease.holder.start),
            .text(",\(learned.id)"))
    }

    /// Takes from a command the port that it was given before it was seen to listen on a learned one alone: that is no
    /// server of this name. Nothing happens where the project or the user says a number for it.
    ///
    /// - Parameter isNew: it was booked for that very command, and nobody else needs it.
    package func giveBack(_ given: Booking, by lease: Lease, isNew: Bool, _ record: ContextRecord) throws {
        guard let given = try bookings(of: record).first(where: { $0.id == given.id && $0.port == given.port }),
            given.declared == nil, given.source != .demand, given.target == nil, given.count == 1
        else { return }
        try database.run(
            """
            UPDATE leases SET bookings = replace(bookings, ?4, ',') WHERE id = ?1 AND pid = ?2 AND start IS ?3
            """, .integer(lease.id), .integer(Int(lease.holder.pid)), .bits(orNull: lease.holder.start),
            .text(",\(given.id),"))
        if isNew, try liveLeases(on: given).isEmpty { try release(given) }
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
        return try isHeldOutside(of: record, port) ? nil : adopt(port, as: booking, beside: own, record)
    }

    /// True for a TCP port that somebody outside of the checkout's repository holds: what a portserver has given a command is a
    /// context of its own.
    package func isHeldOutside(of record: ContextRecord, _ port: Port) throws -> Bool {
        try status(matching: BookingFilter(port: port)).contains { status in
            guard status.booking.transport == .tcp, status.context.repository != record.repository else { return false }
            return try !liveLeases(on: status.booking).isEmpty
        }
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
