import PortrunBase
import PortrunRegistry

extension Adoption {
    /// Books a port that was found. A port that the context has already keeps its name.
    ///
    /// - Parameter isDryRun: only tell.
    /// - Returns: one for each port that was found.
    package func book(in registry: Registry, isDryRun: Bool = false) throws -> [AdoptedPort] {
        try registry.write(on: checkout.facts(), isDryRun: isDryRun) { transaction in
            if ports.isEmpty { return [] }
            let (record, context) = try transaction.enter(checkout.context, stillResolves: checkout.stillResolves)
            if context.isGuest { return try bookOthers(record, transaction) }
            // Once, and not for each port.
            var known = try transaction.bookings(of: record)
            return try ports.map { try book($0, context, &known, transaction) }
        }
    }

    /// Books other ports than those that were found: the files' are the main checkout's, as in a launch.
    private func bookOthers(_ record: ContextRecord, _ transaction: Transaction) throws -> [AdoptedPort] {
        let known = try transaction.bookings(of: record)
        let requests = ports.map { found in
            // What is booked for that number already keeps its name.
            let own = known.first { $0.isDeclared(as: found) }
            var request = ServiceRequest(own?.service ?? found.service, kind: found.kind)
            (request.count, request.transport, request.target) = (found.ports.count, found.transport, found.target)
            (request.declared, request.variable) = (found.ports.first, found.variable)
            return request
        }
        let outcome = try transaction.book(requests, for: record, terms: BookingTerms(isShared: true))
        return try ports.indices.map { index in
            let booking = outcome.booking(at: index)
            if booking.isEphemeral { try transaction.keepForGood(booking) }
            var adopted = AdoptedPort(found: ports[index])
            adopted.found.service = booking.service
            adopted.found.ports = booking.ports
            adopted.isKept = known.contains { $0.id == booking.id }
            adopted.move = outcome.moves.first {
                $0.service == booking.service && $0.to == booking.port && $0.from == ports[index].ports.first
            }
            return adopted
        }
    }

    private func book(
        _ found: FoundPort, _ context: Context, _ known: inout [Booking], _ transaction: Transaction
    ) throws -> AdoptedPort {
        let existing = known.first {
            $0.transport == found.transport && $0.ports.first <= found.ports.first && found.ports.last <= $0.ports.last
        }
        if let existing = existing ?? known.first(where: { $0.isDeclared(as: found) }) {
            var kept = found
            kept.service = existing.service
            if !existing.ports.contains(found.ports.first) { kept.ports = existing.ports }
            if existing.isEphemeral { try transaction.keepForGood(existing) }
            return AdoptedPort(found: kept, isKept: true)
        }
        var claim = Claim(
            context: context, service: found.service, port: found.ports.first, target: found.target,
            variable: found.variable)
        claim.count = found.ports.count
        claim.transport = found.transport
        claim.isDeclared = true
        do {
            known.append(try transaction.book(claim, stillResolves: checkout.stillResolves))
            return AdoptedPort(found: found)
        } catch let error as ClaimError {
            return AdoptedPort(found: found, refusal: error)
        }
    }
}

extension Booking {
    /// It was made for a port that the files name.
    fileprivate func isDeclared(as found: FoundPort) -> Bool {
        transport == found.transport && declaredPorts == found.ports
    }
}
