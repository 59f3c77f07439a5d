import PortrunBase
import PortrunRegistry

/// What somebody asks to be booked in a checkout: services by name, or all that the project declares.
package struct BookingOrder: Sendable {
    package var services: [ServiceName] = []
    /// Book what the project's compose files publish, too.
    package var isDeclared = false
    /// The port that the one service has to get.
    package var port: Port?
    /// Where the ports have to be.
    package var range: PortRange?
    package var transport = TransportProtocol.tcp
    /// How many consecutive ports each service has to get; nil for as many as it has by itself.
    package var count: Int?
    /// New bookings end after this time; nil has them stay.
    package var lifetime: TimeToLive?
    package var description: Description?

    package init() {}

    /// Reads the project's files, before the registry is locked.
    ///
    /// - Throws: what keeps the compose files from being read, where they are asked for.
    package func plan(in checkout: Checkout) throws -> Plan {
        guard isDeclared else { return Plan(nil, in: checkout) }
        var options = LaunchOptions()
        options.wishes.books = services
        return try Plan(declaredBy: nil, options, in: checkout)
    }

    /// Books all or none.
    ///
    /// - Parameters:
    ///   - plan: what `plan(in:)` gave.
    ///   - isTelling: find out who holds what was booked.
    /// - Returns: the bookings, in the order of the names, with their statuses where they were asked for.
    /// - Throws: `BookingError`, `ContextError` or `RegistryError`; nothing is booked then.
    package func book(
        _ plan: Plan, in registry: Registry, isTelling: Bool
    ) throws -> (outcome: BookingOutcome, statuses: [BookingStatus]) {
        var statuses: [BookingStatus] = []
        let terms = BookingTerms(isShared: true, isEphemeral: lifetime != nil, isKeptWhileBusy: true)
        let outcome = try plan.book(requests(in: plan), in: registry, terms) { outcome, transaction, record in
            for booking in outcome.bookings {
                if let description { try transaction.describe(booking, as: description) }
                if let lifetime {
                    try transaction.hold(booking, until: plan.checkout.expiry(after: lifetime))
                } else if booking.isEphemeral {
                    try transaction.keepForGood(booking)
                }
            }
            statuses = isTelling ? try transaction.status(of: record) : []
        }
        let known = Dictionary(uniqueKeysWithValues: statuses.map { ($0.booking.id, $0) })
        return (outcome, outcome.bookings.compactMap { known[$0.id] })
    }

    /// What the words ask for, in their order, with what the project's files say of it.
    private func requests(in plan: Plan) -> [ServiceRequest] {
        if isDeclared { return plan.booking.requests }
        var seen: Set<ServiceName> = []
        return services.filter { seen.insert($0).inserted }.map { service in
            var request = plan.request(for: service, transport)
            request.demand = port
            request.range = range
            if let count {
                request.count = count
                request.isCountDemanded = true
            }
            return request
        }
    }
}
