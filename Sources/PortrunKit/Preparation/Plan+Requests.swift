import PortrunBase
import PortrunCompose
import PortrunRegistry

/// Booking of some of what a plan has, for nobody who is about to run.
extension Plan {
    /// What the plan has for a service; a request of its own for one that the project does not know. May read files.
    package func request(for service: ServiceName, _ transport: TransportProtocol? = nil) -> ServiceRequest {
        if var known = known(service, transport) {
            known.mayBeLeftOut = false
            return known
        }
        var request = ServiceRequest(service)
        request.transport = transport ?? .tcp
        request.wish = checkout.userEnvironment[service.portVariable].flatMap { Port($0) }
        return request
    }

    /// What the plan has for a service, with the number that the project's files give it by that name. Reads them.
    package func declaredRequest(for service: ServiceName) -> ServiceRequest {
        var request = request(for: service)
        guard request.entry == nil, request.declared == nil, request.wish == nil,
            let found = (try? Adoption(of: self))?.ports.first(where: { $0.service == service })
        else { return request }
        (request.declared, request.count, request.transport) = (found.ports.first, found.ports.count, found.transport)
        request.kind = found.kind
        return request
    }

    private func known(_ service: ServiceName, _ transport: TransportProtocol?) -> ServiceRequest? {
        let known = booking.requests.first {
            $0.service == service && (transport == nil || $0.transport == transport)
        }
        guard known == nil, options.isDiscovering else { return known }
        // In the main worktree nothing but a name needs them.
        let scripted = scripted ?? ScriptedServices(in: checkout, besides: wholeProject, Look())
        return scripted?.request(for: service, transport)
    }

    /// Books `requests`, all or none but for what may be left out.
    ///
    /// - Parameters:
    ///   - isDryRun: undo everything in the end.
    ///   - then: called in the same transaction.
    package func book(
        _ requests: [ServiceRequest], in registry: Registry, _ terms: BookingTerms = BookingTerms(isShared: true),
        isDryRun: Bool = false,
        then: (BookingOutcome, Transaction, ContextRecord) throws -> Void = { _, _, _ in }
    ) throws -> BookingOutcome {
        var terms = terms
        terms.named = namedPorts
        return try checkout.enter(registry, isDryRun: isDryRun) { transaction, record, _ in
            let outcome = try transaction.book(requests, for: record, terms: terms)
            try then(outcome, transaction, record)
            return outcome
        }
    }

    /// What is booked for each of the ports that the project declares; nil where nothing is.
    package func lookUpDeclared(in registry: Registry) throws -> [PortRange?] {
        let declared = project?.ports ?? []
        guard !booking.requests.isEmpty else { return declared.map { _ in nil } }
        let bookings = try checkout.look(in: registry) { transaction, record in
            try record.map(transaction.bookings) ?? []
        }
        let booked = booking.requests.map { request in
            bookings.first { $0.service == request.service && $0.transport == request.transport }?.ports
        }
        return booking.byEntry(booked, declared)
    }
}
