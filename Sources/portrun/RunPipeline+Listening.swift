import PortrunBase
import PortrunKit
import PortrunLaunch
import PortrunRegistry

extension RunPipeline {
    /// Books what is planned, and listens on what the command is to get as sockets.
    ///
    /// All in one transaction, so that no other portrun comes between the booking and bind(2). A stranger can, and then
    /// the port is booked anew: it is seen to be taken, and moves.
    func book(
        _ plan: BookingPlan, for record: ContextRecord, _ terms: BookingTerms, _ transaction: Transaction
    ) throws -> (BookingOutcome, ListeningSockets?) {
        for _ in 1..<Self.attemptLimit {
            let outcome = try transaction.book(plan.requests, for: record, terms: terms)
            if plan.listening.isEmpty { return (outcome, nil) }
            do {
                return (outcome, try sockets(for: outcome, plan))
            } catch ListenError.busy {
                continue
            }
        }
        let outcome = try transaction.book(plan.requests, for: record, terms: terms)
        return (outcome, try sockets(for: outcome, plan))
    }

    /// So many strangers at once are no accident: the port is one that cannot move, as with `--share`.
    private static let attemptLimit = 8

    private func sockets(for outcome: BookingOutcome, _ plan: BookingPlan) throws(ListenError) -> ListeningSockets {
        try ListeningSockets(plan.listening.map { (plan.requests[$0].service, outcome.booking(at: $0).port) })
    }
}

extension BookingOutcome {
    /// The bookings as the command is told of them.
    ///
    /// A second run of a service that portrun listens for has a booking of another name (`api-2`); its variable is that
    /// of the service all the same.
    func bookings(told plan: BookingPlan) -> [Booking] {
        if plan.listening.isEmpty { return bookings }
        var told = bookings
        for index in plan.listening {
            let own = booking(at: index)
            let service = plan.requests[index].service
            guard own.service != service, let place = told.firstIndex(of: own) else { continue }
            told[place] = Booking(
                id: own.id, service: own.service, port: own.port, transport: own.transport, target: own.target,
                variable: service.portVariable, source: own.source, isEphemeral: own.isEphemeral,
                lastUsed: own.lastUsed, count: own.count)
        }
        return told
    }
}
