import PortrunBase

extension Transaction {
    /// Books the port of a claim, or finds that it is booked so; nobody is asked whether something listens on it.
    ///
    /// - Throws: `ClaimError` when it is somebody else's or the service has another one, or `RegistryError`; no booking
    ///   is changed then.
    package func book(
        _ claim: Claim, stillResolves: (_ path: String, _ identity: String) -> Bool
    ) throws -> Booking {
        var request = ServiceRequest(claim.service)
        request.count = claim.count
        request.transport = claim.transport
        request.target = claim.target
        request.variable = claim.variable
        let record = try self.record(claim.context, stillResolves: stillResolves).record
        let existing = try booking(of: record, claim.service, request.transport)
        if let existing, existing.ports != claim.ports {
            throw ClaimError.elsewhere(service: claim.service, label: claim.context.label, ports: existing.ports)
        }
        if existing == nil, let blocker = try blocker(of: claim.ports, request.transport) {
            throw ClaimError.booked(port: claim.port, owner: blocker.owner)
        }
        if let existing, existing.isEphemeral { try keepForGood(existing) }
        let booking = try existing ?? insert(request, at: claim.port, .demand, record, BookingTerms())
        if let description = claim.description { try describe(booking, as: description) }
        return booking
    }

    /// The booking of a checkout that `list --format ports` calls what a claim is called, and that has its ports.
    package func booking(listedAs claim: Claim) throws(RegistryError) -> Booking? {
        try database.rows(
            """
            SELECT \(Booking.columns.qualified(by: "bookings")) FROM bookings JOIN contexts ON contexts.id = context
            WHERE network = ?1 AND protocol = ?2 AND port = ?3 AND count = ?4 AND label || '/' || service = ?5
            """,
            .text(facts.network), .text(claim.transport.rawValue), .integer(Int(claim.port.number)),
            .integer(claim.count), .text(claim.service.description)
        ) { Booking($0) }.first
    }

    /// The status of each of `bookings`, in their order.
    package func status(of bookings: [Booking]) throws(RegistryError) -> [BookingStatus] {
        var filter = BookingFilter()
        // Without the filter, every booked port of the machine would be probed.
        if bookings.count == 1 { filter.port = bookings[0].port }
        let all = Dictionary(uniqueKeysWithValues: try status(matching: filter).map { ($0.booking.id, $0) })
        return bookings.compactMap { all[$0.id] }
    }
}
