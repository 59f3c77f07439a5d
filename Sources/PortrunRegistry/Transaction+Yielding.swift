import PortrunBase

/// Ports that others have, and who gives way.
extension Transaction {
    /// The obstacle to taking `ports` for who has the first claim on them: an idle booking of anybody gives way.
    ///
    /// Where nothing is about to be started, one that has the port which its own project declares does not: two shells
    /// would take it from each other at each prompt.
    func obstacle(
        toTaking ports: PortRange, _ transport: TransportProtocol, besides own: Booking?, _ terms: BookingTerms
    ) throws -> Move.Reason? {
        var blocker = try blockingBooking(of: ports, transport, besides: own)
        // Once: of a block there may be thousands, and as many bookings in its way.
        let isBusy = try firstBusy(in: ports, transport) != nil
        while let found = blocker {
            guard !isBusy, try yield(found, ports, terms) else { return .booked(owner: try owner(of: found)) }
            blocker = try blockingBooking(of: ports, transport, besides: own)
        }
        return isBusy ? .busy : nil
    }

    /// Why a guest does not get the number that its files declare: it is the main checkout's, or where that declares no such
    /// number, somebody else's who has it.
    func reasonForGuest(
        _ declared: Port, _ request: ServiceRequest, besides own: Booking?
    ) throws -> Move.Reason {
        if request.isOfMainAlone { return .mainAlone }
        guard request.isOfThisCheckoutAlone, let ports = PortRange(declared, count: request.count) else { return .main }
        if let found = try blockingBooking(of: ports, request.transport, besides: own) {
            return isMain(found) ? .main : .booked(owner: try owner(of: found))
        }
        return try firstBusy(in: ports, request.transport, limit: Self.probeSample) == nil ? .leftToMain : .busy
    }

    /// Moves an idle booking, and the one that shares its number for the other transport, away from `ports`.
    /// One for which there is no other place is given up: nothing uses it.
    ///
    /// - Returns: false where it stays: it is in use, or thousands have given way already.
    private func yield(_ blocker: BlockingBooking, _ ports: PortRange, _ terms: BookingTerms) throws -> Bool {
        let booking = blocker.booking
        guard yieldCount < Self.mostYields else { return false }
        // Where a linked worktree stands, the main one keeps what it has.
        if isGuest, blocker.context != entered?.id, isMain(blocker) { return false }
        let partner = try database.rows(
            """
            SELECT \(Booking.columns) FROM bookings
            WHERE network = ?1 AND protocol = ?2 AND port = ?3 AND count = ?4 AND context = ?5
            """,
            .text(facts.network), .text(booking.transport == .tcp ? "udp" : "tcp"),
            .integer(Int(booking.port.number)), .integer(booking.count), .integer(blocker.context)
        ) { Booking($0) }.first
        let movers = [booking] + (partner.map { [$0] } ?? [])
        for mover in movers {
            guard try givesWay(mover, of: blocker, terms), try firstBusy(in: mover.ports, mover.transport) == nil
            else {
                return false
            }
        }
        let kind = ServiceKind(service: booking.service.description, on: booking.port)
        var request = ServiceRequest(booking.service, kind: kind)
        request.count = booking.count
        request.transport = booking.transport
        request.declared = booking.declared
        yieldCount += 1
        do {
            let (port, _) = try freePort(
                for: request, of: blocker.context, isPaired: partner != nil, besides: ports)
            for mover in movers { try move(mover, to: port, count: mover.count, .yielded) }
        } catch is BookingError {
            for mover in movers { try release(mover) }
        }
        if blocker.path != entered?.path {
            yields.append("\(blocker.label) `\(booking.service)`, which nothing uses, gives \(booking.ports) up")
        }
        return true
    }

    /// Everybody waits meanwhile.
    private static let mostYields = 2500

    /// True for what the main worktree beside a linked one has booked, or the first of two clones on one branch.
    private func isMain(_ blocker: BlockingBooking) -> Bool {
        guard let entered else { return false }
        if let cloneBeside { return blocker.path == cloneBeside }
        return blocker.path == entered.repository.map(Path.parent)
            || entered.identity == "\(blocker.identity)@\(entered.path)"
    }

    /// True for a booking that nobody uses and nobody demanded by hand.
    ///
    /// Where it is the checkout's that asks, who is only told of it is no obstacle to a server with that number, which its
    /// commands mean by it then; nor is who has never come to listen on what the project declares.
    private func givesWay(
        _ booking: Booking, of blocker: BlockingBooking, _ terms: BookingTerms
    ) throws(RegistryError) -> Bool {
        let isOwn = blocker.context == entered?.id
        // Another branch of this folder has no shell that would take it back.
        if terms.isShared, booking.source == .declared, blocker.path != entered?.path { return false }
        guard booking.source != .demand, !bookedNow.contains(booking.id) else { return false }
        let leases = try liveLeases(on: booking)
        if leases.isEmpty { return true }
        guard isOwn, !isGuest, !leases.contains(where: { $0.holder.endsAt != nil }) else { return false }
        if try holding(of: booking, Lineage(facts)) == .told { return true }
        return booking.source == .declared && !booking.isMoved && booking.target == nil
            && leases.allSatisfy { facts.now - $0.createdAt > Self.startSeconds }
    }

    /// A server that does not listen after so long is not expected to.
    private static let startSeconds: Int64 = 60

    private func owner(of blocker: BlockingBooking) throws(RegistryError) -> String {
        if blocker.context == entered?.id { return "this checkout's `\(blocker.booking.service)`" }
        // Two checkouts may have one label.
        return blocker.label == entered?.label
            ? "\(blocker.label) \(blocker.booking.service) in \(blocker.path)"
            : "\(blocker.label) \(blocker.booking.service)"
    }

    /// The last booking that has one of `ports`.
    private func blockingBooking(
        of ports: PortRange, _ transport: TransportProtocol, besides own: Booking?
    ) throws(RegistryError) -> BlockingBooking? {
        let found = try database.rows(
            """
            SELECT \(Booking.columns.qualified(by: "bookings")), context, label, path, identity
            FROM bookings LEFT JOIN contexts ON contexts.id = context
            WHERE network = ?1 AND protocol = ?2 AND port <= ?3 AND bookings.id <> ?4 ORDER BY port DESC LIMIT 1
            """,
            .text(facts.network), .text(transport.rawValue), .integer(Int(ports.last.number)),
            .integer(own?.id ?? 0)
        ) {
            BlockingBooking(
                booking: Booking($0), context: $0.integer(12), label: $0.text(13), path: $0.text(14),
                identity: $0.text(15))
        }
        return found.first { $0.booking.ports.overlaps(ports) }
    }
}

/// A booking that somebody else wants to have.
private struct BlockingBooking {
    let booking: Booking
    let context: Int64
    let label: String
    let path: String
    let identity: String
}
