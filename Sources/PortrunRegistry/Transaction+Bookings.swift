import PortrunCore

/// What booking came to.
package struct BookingOutcome: Sendable {
    /// One for each request, in their order.
    package var bookings: [Booking] = []
    /// What did not get, or did not keep, the port it should have.
    package var moves: [Move] = []
}

/// How a caller wants its requests booked.
package struct BookingTerms: Sendable {
    /// Use the running command's exclusive port instead of the next slot.
    package var isShared = false
    /// Drop what is newly booked when its last lease ends.
    package var isEphemeral = false

    package init(isShared: Bool = false, isEphemeral: Bool = false) {
        self.isShared = isShared
        self.isEphemeral = isEphemeral
    }
}

extension Transaction {
    /// Books every request, or throws and leaves everything as it was.
    ///
    /// In order, for each: the port demanded, the port it has, the one wished for, the one declared, the first free
    /// one of its range, of the default range, the port of an idle booking whose context is gone.
    ///
    /// - Throws: `BookingError` or `RegistryError`.
    package func book(
        _ requests: [ServiceRequest], for record: ContextRecord, terms: BookingTerms
    ) throws -> BookingOutcome {
        var outcome = BookingOutcome()
        for request in requests {
            let (slot, existing) = try slot(for: request, in: record, terms)
            if let existing, slot.demand == nil || slot.demand == existing.port {
                outcome.bookings.append(try keep(existing, slot, terms, &outcome.moves))
            } else {
                outcome.bookings.append(try place(slot, existing, record, terms, &outcome.moves))
            }
        }
        return outcome
    }

    /// The bookings of a context in this network, in the order they were made.
    package func bookings(of record: ContextRecord) throws(RegistryError) -> [Booking] {
        try database.rows(
            "SELECT \(Booking.columns) FROM bookings WHERE context = ?1 AND network = ?2 ORDER BY id",
            .integer(record.id), .text(machine.network)
        ) { Booking($0) }
    }

    /// The booking of one service of a context.
    package func booking(
        of record: ContextRecord, _ service: ServiceName, _ transport: TransportProtocol
    ) throws(RegistryError) -> Booking? {
        try database.rows(
            """
            SELECT \(Booking.columns) FROM bookings
            WHERE context = ?1 AND network = ?2 AND service = ?3 AND protocol = ?4
            """,
            .integer(record.id), .text(machine.network), .text(service.description), .text(transport.rawValue)
        ) { Booking($0) }.first
    }

    /// The request under the name that it can have: a second live run of an exclusive service takes the next slot.
    private func slot(
        for request: ServiceRequest, in record: ContextRecord, _ terms: BookingTerms
    ) throws -> (ServiceRequest, Booking?) {
        var slot = request
        var number = 1
        while true {
            let existing = try booking(of: record, slot.service, slot.transport)
            guard request.isExclusive, !terms.isShared, let existing, try isHeldByAnother(existing) else {
                return (slot, existing)
            }
            if let demand = request.demand, demand == existing.port {
                throw BookingError.booked(port: demand, owner: "\(record.label) \(slot.service), which is running")
            }
            number += 1
            slot.service = request.service.appending(number)
            slot.declared = nil
            slot.wish = nil
        }
    }

    /// Keeps a booking, unless a stranger has its port.
    ///
    /// Who shares an exclusive port may well mean the very program that listens on it, as a shell does that took its
    /// variables from `export`.
    private func keep(
        _ booking: Booking, _ request: ServiceRequest, _ terms: BookingTerms, _ moves: inout [Move]
    ) throws -> Booking {
        let isLost =
            try machine.isBusy(booking.port, booking.transport) && liveLeases(on: booking).isEmpty
            && (request.isExclusive ? !terms.isShared : machine.isStranger(booking.port, booking.transport))
        if isLost {
            if let demand = request.demand { throw BookingError.busy(port: demand) }
            let (port, source) = try freePort(for: request)
            moves.append(Move(service: booking.service, from: booking.port, to: port, reason: .busy))
            return try move(booking, to: port, source)
        }
        if booking.target != request.target || booking.variable != request.variable {
            try database.run(
                "UPDATE bookings SET target = ?2, variable = ?3 WHERE id = ?1", .integer(booking.id),
                .port(orNull: request.target), .text(orNull: request.variable))
        }
        return booking.with(target: request.target, variable: request.variable)
    }

    /// Finds a port for a request that has none, or that demands another one than it has.
    private func place(
        _ request: ServiceRequest, _ existing: Booking?, _ record: ContextRecord, _ terms: BookingTerms,
        _ moves: inout [Move]
    ) throws -> Booking {
        var choice: (port: Port, source: Booking.Source)?
        var refusal: (port: Port, reason: Move.Reason)?
        let preferences: [(Port?, Booking.Source)] = [
            (request.demand, .demand), (request.wish, .environment), (request.declared, .declared),
        ]
        for case (let port?, let source) in preferences {
            let reason = try obstacle(to: port, request.transport)
            guard let reason else {
                choice = (port, source)
                break
            }
            if source == .demand { throw BookingError(port: port, reason) }
            refusal = refusal ?? (port, reason)
        }
        let (port, source) = try choice ?? freePort(for: request)
        if let refusal {
            moves.append(Move(service: request.service, from: refusal.port, to: port, reason: refusal.reason))
        }
        if let existing { return try move(existing, to: port, source) }
        let rows = try database.rows(
            """
            INSERT INTO bookings
            (context, network, service, port, protocol, target, variable, source, is_ephemeral, last_used)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) RETURNING \(Booking.columns)
            """,
            .integer(record.id), .text(machine.network), .text(request.service.description),
            .integer(Int(port.number)), .text(request.transport.rawValue), .port(orNull: request.target),
            .text(orNull: request.variable), .text(source.rawValue), .integer(terms.isEphemeral ? 1 : 0),
            .integer(machine.now)
        ) { Booking($0) }
        // INSERT … RETURNING gives exactly one row.
        return rows[0]
    }

    private func move(
        _ booking: Booking, to port: Port, _ source: Booking.Source
    ) throws(RegistryError) -> Booking {
        try database.run(
            "UPDATE bookings SET port = ?2, source = ?3 WHERE id = ?1", .integer(booking.id),
            .integer(Int(port.number)), .text(source.rawValue))
        return booking.with(port: port, source: source)
    }

    /// What stands against booking `port`, nil when it is free.
    private func obstacle(to port: Port, _ transport: TransportProtocol) throws -> Move.Reason? {
        if let owner = try owner(of: port, transport) { return .booked(owner: owner) }
        return machine.isBusy(port, transport) ? .busy : nil
    }

    /// `label service` of who has booked a port in this network.
    private func owner(of port: Port, _ transport: TransportProtocol) throws(RegistryError) -> String? {
        try database.rows(
            """
            SELECT label || ' ' || service FROM bookings JOIN contexts ON contexts.id = context
            WHERE network = ?1 AND protocol = ?2 AND port = ?3
            """,
            .text(machine.network), .text(transport.rawValue), .integer(Int(port.number))
        ) { $0.text(0) }.first
    }
}

extension BookingError {
    fileprivate init(port: Port, _ reason: Move.Reason) {
        switch reason {
        case .booked(let owner): self = .booked(port: port, owner: owner)
        case .busy: self = .busy(port: port)
        }
    }
}
