import PortrunBase
import PortrunRegistry

/// The ports that placeholders stand for.
package struct PlaceholderPorts: Sendable {
    /// nil when the project's own service is not asked for.
    private let primary: Booking?
    private let named: [(service: ServiceName, booking: Booking)]

    fileprivate init(primary: Booking?, named: [(service: ServiceName, booking: Booking)]) {
        self.primary = primary
        self.named = named
    }

    /// - Parameter name: of a service that was asked for; nil for the project's own.
    package func port(of name: ServiceName?) -> Port {
        let booking = name.map { name in named.first { $0.service == name }?.booking } ?? primary
        guard let booking else { preconditionFailure("the ports of all placeholders are booked") }
        return booking.port
    }

    /// Services and ports for people.
    package var text: String {
        let bookings = [primary].compactMap { $0 } + named.map(\.booking).filter { $0 != primary }
        return bookings.isEmpty ? "no ports" : bookings.map { "\($0.service) \($0.port)" }.joined(separator: ", ")
    }
}

extension Plan {
    /// The plan for texts with placeholders in them.
    package convenience init(for texts: [PlaceholderText], in checkout: Checkout) {
        var options = LaunchOptions()
        options.wishes.books = texts.flatMap(\.services)
        options.wishes.asksForOwnPort = texts.contains(where: \.hasPrimary)
        self.init(nil, options, in: checkout)
    }

    /// Books what `texts` have places for, as a shell's export does, and nothing else.
    ///
    /// - Parameter isDryRun: undo everything in the end.
    /// - Returns: the ports, and what did not get the port it should have.
    package func book(
        _ texts: [PlaceholderText], in registry: Registry, isDryRun: Bool = false
    ) throws -> (PlaceholderPorts, [Move]) {
        let own = texts.contains(where: \.hasPrimary) ? booking.primary.map { booking.requests[$0] } : nil
        var wanted = own.map { [$0] } ?? []
        for service in options.wishes.books where !wanted.contains(where: { $0.service == service }) {
            wanted += booking.requests.filter { $0.service == service }
        }
        let terms = BookingTerms(isShared: true)
        let outcome = try book(wanted, in: registry, terms, isDryRun: isDryRun) { outcome, transaction, record in
            // What stands in a file has to stay: no launch may move it to where the project would rather have it.
            let demands = outcome.requests.compactMap { booked -> ServiceRequest? in
                guard let booking = booked.booking, booking.source != .demand else { return nil }
                var request = booked.request
                request.demand = booking.port
                return request
            }
            if !demands.isEmpty { _ = try transaction.book(demands, for: record, terms: terms) }
        }
        var named: [(service: ServiceName, booking: Booking)] = []
        for (request, booking) in zip(wanted, outcome.bookings)
        where !named.contains(where: { $0.service == request.service }) {
            named.append((request.service, booking))
        }
        return (PlaceholderPorts(primary: own == nil ? nil : outcome.bookings.first, named: named), outcome.moves)
    }
}
