import PortrunBase

/// The rows of bookings.
extension Transaction {
    /// Notes what a booking is for.
    package func describe(_ booking: Booking, as description: Description) throws(RegistryError) {
        try database.run(
            "UPDATE bookings SET description = ?2 WHERE id = ?1", .integer(booking.id), .text(description.text))
    }

    /// Notes by which door of the daemon a booking was asked for.
    package func attribute(_ booking: Booking, to door: String) throws(RegistryError) {
        try database.run("UPDATE bookings SET door = ?2 WHERE id = ?1", .integer(booking.id), .text(door))
    }

    /// Notes that somebody wants to know a booking's port, at most once a day: a note is a write.
    package func noteUse(of booking: Booking) throws(RegistryError) {
        guard !booking.isFresh(at: facts.now) else { return }
        let rowsBefore = database.writtenRows
        try database.run(
            "UPDATE bookings SET last_used = ?2 WHERE id = ?1", .integer(booking.id), .integer(facts.now))
        _ = knowsBookings(rowsBefore)
    }

    /// Notes what the project's files say of a booking today.
    func refresh(_ booking: Booking, _ request: ServiceRequest) throws(RegistryError) -> Booking {
        let refreshed = booking.with(request)
        if refreshed != booking {
            let rowsBefore = database.writtenRows
            try database.run(
                """
                UPDATE bookings SET target = ?2, variable = ?3, count = ?4, declared = ?5, source = ?6,
                    is_lent = ?7
                WHERE id = ?1
                """,
                .integer(booking.id), .port(orNull: refreshed.target), .text(orNull: refreshed.variable),
                .integer(refreshed.count), .port(orNull: refreshed.declared), .text(refreshed.source.rawValue),
                .integer(refreshed.isLent ? 1 : 0))
            // What else follows a port depends on the declared one.
            if refreshed.declared != booking.declared { try noteChange(of: booking.id) }
            note(refreshed, rowsBefore)
        }
        try noteUse(of: booking)
        return refreshed
    }

    /// Books a port that is known to be free.
    @discardableResult
    func insert(
        _ request: ServiceRequest, at port: Port, _ source: Booking.Source, _ record: ContextRecord,
        _ terms: BookingTerms
    ) throws(RegistryError) -> Booking {
        let rowsBefore = database.writtenRows
        let rows = try database.rows(
            """
            INSERT INTO bookings
            (context, network, service, port, protocol, target, variable, source, is_ephemeral, last_used, count,
                declared, is_lent, created_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?10) RETURNING \(Booking.columns)
            """,
            .integer(record.id), .text(facts.network), .text(request.service.description),
            .integer(Int(port.number)), .text(request.transport.rawValue), .port(orNull: request.target),
            .text(orNull: request.variable), .text(source.rawValue), .integer(terms.isEphemeral ? 1 : 0),
            .integer(facts.now), .integer(request.count), .port(orNull: request.declared ?? request.wish),
            .integer(request.isLent ? 1 : 0)
        ) { Booking($0) }
        // INSERT … RETURNING gives exactly one row.
        let booking = rows[0]
        noteChange(in: record.path)
        insertedNow.append(booking.id)
        if lastBookings?.context == record.id, knowsBookings(rowsBefore) { lastBookings?.append(booking) }
        return booking
    }

    @discardableResult
    func move(
        _ booking: Booking, to port: Port, count: Int, _ source: Booking.Source
    ) throws(RegistryError) -> Booking {
        let rowsBefore = database.writtenRows
        try database.run(
            "UPDATE bookings SET port = ?2, count = ?3, source = ?4 WHERE id = ?1", .integer(booking.id),
            .integer(Int(port.number)), .integer(count), .text(source.rawValue))
        try noteChange(of: booking.id)
        let moved = booking.with(port: port, count: count, source: source)
        note(moved, rowsBefore)
        return moved
    }

    /// Has what is known of a context's bookings stay known while they are written: to read all of them again for each of
    /// thousands would take too long.
    ///
    /// - Parameter rowsBefore: how many rows had been written before the one of a booking.
    /// - Returns: true when they were known until then.
    private func knowsBookings(_ rowsBefore: Int32) -> Bool {
        guard lastBookings?.writtenRows == rowsBefore else { return false }
        lastBookings?.writtenRows = database.writtenRows
        return true
    }

    /// Likewise of a booking that has just been changed, whosever it is.
    func note(_ booking: Booking, _ rowsBefore: Int32) {
        if knowsBookings(rowsBefore) { lastBookings?.replace(booking) }
    }

    /// Gives a booking to another service of its context.
    func rename(_ booking: Booking, to service: ServiceName) throws(RegistryError) -> Booking {
        let rowsBefore = database.writtenRows
        try database.run(
            "UPDATE bookings SET service = ?2 WHERE id = ?1", .integer(booking.id), .text(service.description))
        try noteChange(of: booking.id)
        let renamed = booking.with(service: service)
        note(renamed, rowsBefore)
        return renamed
    }
}
