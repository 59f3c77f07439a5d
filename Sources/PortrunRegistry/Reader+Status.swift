import PortrunBase

/// A booking with what is known of it, as `status` shows it.
package struct BookingStatus: Sendable {
    package let context: ContextRecord
    package let booking: Booking
    package let description: String?
    package let state: State
    /// When the time to live that holds it, maybe beside a command, is over, in seconds since 1970.
    package let expires: Int64?

    package enum State: Sendable, Equatable {
        /// A live lease holds it.
        case live(pid: Int32, command: String)
        /// A lease that lasts until a time, in seconds since 1970.
        case timed(until: Int64)
        /// No lease, but a running container of the context.
        case contained(Container)
        /// Neither, but something listens.
        case listening
        case idle

        package var name: String {
            switch self {
            case .live, .timed, .contained: "live"
            case .listening: "listening"
            case .idle: "idle"
            }
        }
    }
}

extension Reader {
    /// Every booking of this network, or those of one context, ordered by label and port.
    package func status(of record: ContextRecord? = nil) throws(RegistryError) -> [BookingStatus] {
        try status(matching: BookingFilter(context: record))
    }

    /// The bookings of this network that `filter` lets through, in the same order. Only their ports are probed.
    package func status(matching filter: BookingFilter) throws(RegistryError) -> [BookingStatus] {
        let rows = try database.rows(
            """
            SELECT \(Booking.columns.qualified(by: "bookings")), \(ContextRecord.columns.qualified(by: "contexts")),
                description
            FROM bookings JOIN contexts ON contexts.id = context
            WHERE network = ?1 AND (?2 IS NULL OR context = ?2) ORDER BY label, contexts.id, port, protocol
            """, .text(facts.network), filter.context.map { .integer($0.id) } ?? .null
        ) { (booking: Booking($0), context: ContextRecord($0, first: 11), description: $0.textOrNull(20)) }
        let live = try allLeases().filter { facts.verdict($0.holder) != .dead }
        let claims = try containerClaims()
        return rows.filter { filter.matches($0.booking, of: $0.context) }.map { booking, context, description in
            let leases = live.filter { $0.bookings.contains(booking.id) }
            return BookingStatus(
                context: context, booking: booking, description: description,
                state: state(of: booking, in: context, leases, claims),
                expires: leases.lazy.compactMap(\.holder.endsAt).first)
        }
    }

    /// What is known of `bookings`, in their order.
    package func status(of bookings: [Booking]) throws(RegistryError) -> [BookingStatus] {
        var filter = BookingFilter()
        // All ports of the machine are probed else.
        if bookings.count == 1 { filter.port = bookings[0].port }
        let all = Dictionary(uniqueKeysWithValues: try status(matching: filter).map { ($0.booking.id, $0) })
        return bookings.compactMap { all[$0.id] }
    }

    private func state(
        of booking: Booking, in context: ContextRecord, _ leases: [Lease], _ claims: ContainerClaims
    ) -> BookingStatus.State {
        if let lease = leases.first(where: { $0.holder.endsAt == nil }) {
            return .live(pid: lease.holder.pid, command: lease.command)
        }
        if let end = leases.first?.holder.endsAt { return .timed(until: end) }
        if let container = claims.holder(of: booking, in: context) { return .contained(container) }
        return isBusy(booking) ? .listening : .idle
    }
}
