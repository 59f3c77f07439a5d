import PortrunBase

extension Transaction {
    /// Books the port of a claim, or finds that it is booked so; nobody is asked whether something listens on it.
    ///
    /// - Throws: `ClaimError` when it is somebody else's or the service has another one, or `RegistryError`; no booking
    ///   is changed then.
    package func book(
        _ claim: Claim, stillResolves: @escaping (_ path: String, _ identity: String) -> Bool
    ) throws -> Booking {
        var request = ServiceRequest(claim.service)
        request.count = claim.count
        request.transport = claim.transport
        request.target = claim.target
        request.variable = claim.variable
        if claim.isDeclared { request.declared = claim.port }
        let record = try self.record(claim.context, stillResolves: stillResolves).record
        let existing = try booking(of: record, claim.service, request.transport)
        if let existing, existing.ports != claim.ports {
            throw ClaimError.elsewhere(service: claim.service, label: claim.context.label, ports: existing.ports)
        }
        if existing == nil, let blocker = try blocker(of: claim.ports, request.transport) {
            throw ClaimError.booked(port: claim.port, owner: blocker.owner)
        }
        if let existing, existing.isEphemeral { try keepForGood(existing) }
        let source: Booking.Source = claim.isDeclared ? .declared : .demand
        let booking = try existing ?? insert(request, at: claim.port, source, record, BookingTerms())
        if let description = claim.description { try describe(booking, as: description) }
        return booking
    }
}
