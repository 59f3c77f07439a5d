import PortrunBase

/// The result of booking.
package struct BookingOutcome: Sendable {
    /// One booking for each request that got one, in the order of the requests.
    package var bookings: [Booking] = []
    /// The requests, by their place, that have none, since the project keeps a port which is taken.
    package var unbooked: [Int] = []
    /// The services that did not get, or did not keep, the port they should have.
    package var moves: [Move] = []

    /// The booking of the request at `index`, which must have one.
    package func booking(at index: Int) -> Booking {
        var index = index
        for missing in unbooked.reversed() where missing < index { index -= 1 }
        return bookings[index]
    }

    /// The ports booked for each of the requests; nil for one that has none.
    package var ports: [PortRange?] {
        var ports: [PortRange?] = []
        for booking in bookings { ports.append(booking.ports) }
        for index in unbooked { ports.insert(nil, at: index) }
        return ports
    }
}

/// How a caller wants its requests booked.
package struct BookingTerms: Sendable {
    /// Use the running command's exclusive port instead of the next slot.
    package var isShared = false
    /// Drop what is newly booked when its last lease ends.
    package var isEphemeral = false

    /// Keep what is booked even when something listens there: nothing is about to be started.
    package var isKeptWhileBusy = false

    package init(isShared: Bool = false, isEphemeral: Bool = false, isKeptWhileBusy: Bool = false) {
        self.isShared = isShared
        self.isEphemeral = isEphemeral
        self.isKeptWhileBusy = isKeptWhileBusy
    }
}

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
            // A caller who names a service does not know how large its block is.
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

    /// Throws when a running command holds `booking`, which is about to move: it goes on with the port that it was given.
    func refuseWhileHeld(_ booking: Booking) throws {
        guard let lease = try commandLease(on: booking) else { return }
        throw BookingError.held(
            service: booking.service, ports: booking.ports, pid: lease.holder.pid, command: lease.command)
    }

    /// Notes what a booking is for.
    package func describe(_ booking: Booking, as description: Description) throws(RegistryError) {
        try database.run(
            "UPDATE bookings SET description = ?2 WHERE id = ?1", .integer(booking.id), .text(description.text))
    }

    /// The bookings of a context in this network, in the order they were made.
    package func bookings(of record: ContextRecord) throws(RegistryError) -> [Booking] {
        try database.rows(
            "SELECT \(Booking.columns) FROM bookings WHERE context = ?1 AND network = ?2 ORDER BY id",
            .integer(record.id), .text(facts.network)
        ) { Booking($0) }
    }

    /// The bookings of a context in every network.
    func allBookings(of record: ContextRecord) throws(RegistryError) -> [Booking] {
        try database.rows(
            "SELECT \(Booking.columns) FROM bookings WHERE context = ?1 ORDER BY id", .integer(record.id)
        ) { Booking($0) }
    }

    /// The booking of one service of a context, that for TCP where there are two.
    package func booking(
        of record: ContextRecord, _ service: ServiceName
    ) throws(RegistryError) -> Booking? {
        for transport in TransportProtocol.allCases {
            if let booking = try booking(of: record, service, transport) { return booking }
        }
        return nil
    }

    /// The booking of one service of a context for one transport.
    package func booking(
        of record: ContextRecord, _ service: ServiceName, _ transport: TransportProtocol
    ) throws(RegistryError) -> Booking? {
        try database.rows(
            """
            SELECT \(Booking.columns) FROM bookings
            WHERE context = ?1 AND network = ?2 AND service = ?3 AND protocol = ?4
            """,
            .integer(record.id), .text(facts.network), .text(service.description), .text(transport.rawValue)
        ) { Booking($0) }.first
    }

    /// Keeps a booking, unless a stranger has its port or a larger block is asked for and does not fit there.
    private func keep(
        _ booking: Booking, _ request: ServiceRequest, _ record: ContextRecord, _ terms: BookingTerms,
        _ moves: inout [Move]
    ) throws -> Booking {
        if let reason = try obstacle(toKeeping: booking, for: request, terms) {
            if request.demand != nil {
                throw BookingError(ports: PortRange(booking.port, count: request.count) ?? booking.ports, reason)
            }
            try refuseWhileHeld(booking)
            let (port, source) = try freePort(for: request, in: record)
            moves.append(
                Move(
                    service: booking.service, from: booking.port, to: port, count: request.count,
                    formerCount: booking.count, reason: reason))
            return try move(booking, to: port, count: request.count, source)
        }
        return try refresh(booking, request)
    }

    /// Notes that somebody wants to know a booking's port, at most once a day: a note is a write.
    package func noteUse(of booking: Booking) throws(RegistryError) {
        guard !booking.isFresh(at: facts.now) else { return }
        try database.run(
            "UPDATE bookings SET last_used = ?2 WHERE id = ?1", .integer(booking.id), .integer(facts.now))
    }

    /// Notes what the project's files say of a booking today.
    func refresh(_ booking: Booking, _ request: ServiceRequest) throws(RegistryError) -> Booking {
        if booking.target != request.target || booking.variable != request.variable || booking.count != request.count {
            try database.run(
                "UPDATE bookings SET target = ?2, variable = ?3, count = ?4 WHERE id = ?1", .integer(booking.id),
                .port(orNull: request.target), .text(orNull: request.variable), .integer(request.count))
        }
        try noteUse(of: booking)
        return booking.with(target: request.target, variable: request.variable, count: request.count)
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
            guard let ports = PortRange(port, count: request.count) else {
                if source == .demand { throw BookingError.beyondLast(port: port, count: request.count) }
                continue
            }
            guard request.accepts(ports) else { continue }
            let reason = try obstacle(to: ports, request.transport, besides: existing)
            guard let reason else {
                choice = (port, source)
                break
            }
            if source == .demand { throw BookingError(ports: ports, reason) }
            refusal = refusal ?? (port, reason)
        }
        let (port, source) = try choice ?? freePort(for: request, in: record)
        if let refusal {
            moves.append(
                Move(
                    service: request.service, from: refusal.port, to: port, count: request.count,
                    reason: refusal.reason))
        }
        if let existing { return try move(existing, to: port, count: request.count, source) }
        return try insert(request, at: port, source, record, terms)
    }

    /// Books a port that is known to be free.
    @discardableResult
    func insert(
        _ request: ServiceRequest, at port: Port, _ source: Booking.Source, _ record: ContextRecord,
        _ terms: BookingTerms
    ) throws(RegistryError) -> Booking {
        let rows = try database.rows(
            """
            INSERT INTO bookings
            (context, network, service, port, protocol, target, variable, source, is_ephemeral, last_used, count)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING \(Booking.columns)
            """,
            .integer(record.id), .text(facts.network), .text(request.service.description),
            .integer(Int(port.number)), .text(request.transport.rawValue), .port(orNull: request.target),
            .text(orNull: request.variable), .text(source.rawValue), .integer(terms.isEphemeral ? 1 : 0),
            .integer(facts.now), .integer(request.count)
        ) { Booking($0) }
        // INSERT … RETURNING gives exactly one row.
        return rows[0]
    }

    @discardableResult
    func move(
        _ booking: Booking, to port: Port, count: Int, _ source: Booking.Source
    ) throws(RegistryError) -> Booking {
        try database.run(
            "UPDATE bookings SET port = ?2, count = ?3, source = ?4 WHERE id = ?1", .integer(booking.id),
            .integer(Int(port.number)), .integer(count), .text(source.rawValue))
        return booking.with(port: port, count: count, source: source)
    }
}

extension BookingError {
    package init(ports: PortRange, _ reason: Move.Reason) {
        switch reason {
        case .booked(let owner): self = .booked(ports: ports, owner: owner)
        case .busy: self = .busy(ports: ports)
        }
    }
}
