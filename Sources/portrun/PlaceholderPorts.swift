import PortrunBase
import PortrunKit
import PortrunRegistry

/// The ports that placeholders stand for.
struct PlaceholderPorts {
    /// nil when the project's own service is not asked for.
    private let primary: Booking?
    private let named: [(service: ServiceName, booking: Booking)]

    fileprivate init(primary: Booking?, named: [(service: ServiceName, booking: Booking)]) {
        self.primary = primary
        self.named = named
    }

    /// - Parameter name: of a service that was asked for; nil for the project's own.
    func port(of name: ServiceName?) -> Port {
        let booking = name.map { name in named.first { $0.service == name }?.booking } ?? primary
        guard let booking else { preconditionFailure("the ports of all placeholders are booked") }
        return booking.port
    }

    /// Services and ports for people.
    var text: String {
        let bookings = [primary].compactMap { $0 } + named.map(\.booking).filter { $0 != primary }
        return bookings.isEmpty ? "no ports" : bookings.map { "\($0.service) \($0.port)" }.joined(separator: ", ")
    }
}

extension Workplace {
    /// Books what `texts` have places for, as `export` does, and nothing else.
    func ports(for texts: [PlaceholderText], isQuiet: Bool) throws -> PlaceholderPorts {
        var options = RunOptions()
        options.wishes.books = texts.flatMap(\.services)
        let launch = Launch([], options, in: self)
        if !isQuiet { launch.warnings.forEach(Report.warning) }
        let requests = launch.plan.requests
        let own = texts.contains(where: \.hasPrimary) ? launch.plan.primary.map { requests[$0] } : nil
        var wanted = own.map { [$0] } ?? []
        for service in options.wishes.books where !wanted.contains(where: { $0.service == service }) {
            wanted += requests.filter { $0.service == service }
        }
        let outcome = try inRegistry { transaction, record, _ in
            try transaction.book(wanted, for: record, terms: BookingTerms(isShared: true))
        }
        for move in outcome.moves where !isQuiet { Report.notice(move.message) }
        var named: [(service: ServiceName, booking: Booking)] = []
        for (request, booking) in zip(wanted, outcome.bookings)
        where !named.contains(where: { $0.service == request.service }) {
            named.append((request.service, booking))
        }
        return PlaceholderPorts(primary: own == nil ? nil : outcome.bookings.first, named: named)
    }
}
