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

    /// The booking when it has gone with all that has held it.
    package func ended(isListening: Bool) -> BookingStatus {
        BookingStatus(
            context: context, booking: booking, description: description, state: isListening ? .listening : .idle,
            expires: nil)
    }
}

extension Reader {
    /// Every booking of this network, or those of one context, ordered by label and port.
    ///
    /// - Throws: `RegistryError`; `PortProbeError` where it does not become known what listens.
    package func status(of record: ContextRecord? = nil) throws -> [BookingStatus] {
        try status(matching: BookingFilter(context: record))
    }

    /// The bookings of this network that `filter` lets through, in the same order. Only their ports are probed.
    package func status(matching filter: BookingFilter) throws -> [BookingStatus] {
        try status(of: try recorded(matching: filter))
    }

    /// What is known of `bookings`, in their order.
    package func status(of bookings: [Booking]) throws -> [BookingStatus] {
        let rows = try rows("bookings.id IN (SELECT value FROM json_each(?2))", .list(bookings.map(\.id)))
        let all = Dictionary(uniqueKeysWithValues: try status(of: rows).map { ($0.booking.id, $0) })
        return bookings.compactMap { all[$0.id] }
    }

    /// The booking of this network with a number; nil where there is none.
    package func status(ofNumber id: Int64) throws -> BookingStatus? {
        try status(of: try rows("bookings.id = ?2", .integer(id))).first
    }

    /// The bookings of this network that somebody may hold and `filter` lets through, in the order of `status`: those with
    /// a lease, those that a container may have, what was learned in the checkout of `record`, and the named ports of the
    /// machine.
    package func heldStatus(
        matching filter: BookingFilter, of record: ContextRecord? = nil
    ) throws -> [BookingStatus] {
        var ids = Array(try heldBookings())
        for booking in try record.map(bookings(of:)) ?? [] where booking.source == .learned { ids.append(booking.id) }
        for container in facts.containers {
            for port in container.published { ids += try bookings(having: port.port) }
            // It waits for a restart.
            guard container.published.isEmpty, let project = container.project else { continue }
            ids += try database.rows(
                "SELECT bookings.id FROM contexts JOIN bookings ON context = contexts.id WHERE project = ?1",
                .text(project)
            ) { $0.integer(0) }
        }
        let rows = try rows(
            "(bookings.id IN (SELECT value FROM json_each(?2)) OR context IN (SELECT id FROM contexts WHERE identity = ?3))",
            .list(ids), .text(Context.machine.identity))
        return try status(of: rows.filter { filter.matches($0.booking, of: $0.context) })
    }

    private func status(of rows: [RecordedBooking]) throws -> [BookingStatus] {
        var leases: [Int64: [Lease]] = [:]
        // Who is only told of a port comes after who has it.
        var told: [Int64: [Lease]] = [:]
        try forEachLease { row in
            let lease = Lease(row)
            guard facts.verdict(lease.holder) != .dead else { return true }
            Lease.forEachBooking(row) {
                if $1 { told[$0, default: []].append(lease) } else { leases[$0, default: []].append(lease) }
            }
            return true
        }
        let claims = try containerClaims()
        let isBusy = isBusy(amongst: rows.count)
        return try rows.map { row in
            let leases = (leases[row.booking.id] ?? []) + (told[row.booking.id] ?? [])
            return BookingStatus(
                context: row.context, booking: row.booking, description: row.description,
                state: try state(of: row.booking, in: row.context, leases, claims, isBusy),
                expires: leases.lazy.compactMap(\.holder.endsAt).first)
        }
    }

    private func state(
        of booking: Booking, in context: ContextRecord, _ leases: [Lease], _ claims: ContainerClaims,
        _ isBusy: (Booking) throws(PortProbeError) -> Bool
    ) throws(PortProbeError) -> BookingStatus.State {
        if let lease = leases.first(where: { $0.holder.endsAt == nil }) {
            return .live(pid: lease.holder.pid, command: lease.command)
        }
        if let end = leases.first?.holder.endsAt { return .timed(until: end) }
        if let container = claims.holder(of: booking, in: context) { return .contained(container) }
        return try isBusy(booking) ? .listening : .idle
    }
}
