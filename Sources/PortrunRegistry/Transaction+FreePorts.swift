import PortrunBase

extension Transaction {
    /// The first free port for a request, or the first one of so many as it asks for: from the range asked for and
    /// nowhere else; without one, for a privileged port from those
    /// that stand in for it, else from its kind's range, else the default range, else from wherever there is room, else
    /// from an idle booking whose context is gone.
    ///
    /// A block of more than a tenth of the default range is not looked for there: it would leave too little to others.
    ///
    /// - Parameters:
    ///   - record: the context that it is for.
    ///   - isPaired: the same number is to be free for the other transport, too.
    func freePort(
        for request: ServiceRequest, in record: ContextRecord, isPaired: Bool = false
    ) throws -> (port: Port, source: Booking.Source) {
        try freePort(for: request, of: record.id, isPaired: isPaired)
    }

    /// - Parameters:
    ///   - context: the number of the context that it is for.
    ///   - taken: ports that are about to be booked for somebody else.
    func freePort(
        for request: ServiceRequest, of context: Int64, isPaired: Bool = false, besides taken: PortRange? = nil
    ) throws -> (port: Port, source: Booking.Source) {
        var wanted = WantedPorts(request, isPaired: isPaired, ephemeral: facts.ephemeralPorts())
        wanted.taken = taken
        var refused = (busy: 0, blocked: 0)
        if let range = request.range {
            if let port = try nextFree(in: range, wanted, &refused) { return (port, .range) }
            if let port = try reclaim(in: range, wanted, for: context) { return (port, .reclaimed) }
            throw try exhausted(request, range, refused)
        }
        let isMoving = isGuest || request.declared != nil
        wanted.avoided = try avoidedPorts(
            isMoving ? AvoidedPorts.Extent(moving: request.kind) : .declared, request.transport)
        var refusedFurther = refused
        if let range = (request.declared ?? request.wish)?.unprivilegedStandIns,
            let port = try nextFree(in: range, wanted, &refusedFurther)
        {
            return (port, .range)
        }
        let own = try range(of: request.kind)
        let fallback = try range(of: .other)
        let isHuge = request.count > 1 && request.count * 10 > fallback.count
        if own != fallback || !isHuge, let port = try nextFree(in: own, wanted, &refused) { return (port, .range) }
        if own != fallback, !isHuge, let port = try nextFree(in: fallback, wanted, &refusedFurther) {
            return (port, .fallback)
        }
        // A range that the user has set is a limit.
        let isAnywhere =
            request.count == 1 && own == request.kind.defaultRange && fallback == ServiceKind.other.defaultRange
        if isAnywhere, let port = try nextFree(in: .forBlocks, wanted, &refusedFurther) { return (port, .fallback) }
        // Where so much is declared that nothing else is left, a port that is not in use now will do.
        wanted.avoided = nil
        if own != fallback || !isHuge, let port = try nextFree(in: own, wanted, &refusedFurther) {
            return (port, .range)
        }
        if own != fallback, !isHuge, let port = try nextFree(in: fallback, wanted, &refusedFurther) {
            return (port, .fallback)
        }
        if request.count > 1, let port = try nextFreeBelow(.forBlocks, wanted) { return (port, .fallback) }
        if let known = failures?.like(request, wanted) { throw known.error(for: request.service) }
        reclaimCount += 1
        var ranges = own == fallback ? [own] : [own, fallback]
        if request.count > 1 { ranges.append(.forBlocks) }
        for range in ranges where reclaimCount <= Self.mostReclaims {
            if let port = try reclaim(in: range, wanted, for: context) { return (port, .reclaimed) }
        }
        let error = try exhausted(request, own, refused)
        failures = FailedSearch(request, wanted, error, before: failures)
        throw error
    }

    /// Each reads what others have booked, while everybody waits.
    private static let mostReclaims = 100

    /// The ports that known checkouts declare, with those of the requests that are being booked, and as many more as
    /// `extent` says.
    private func avoidedPorts(
        _ extent: AvoidedPorts.Extent, _ transport: TransportProtocol
    ) throws -> AvoidedPorts {
        if let known = avoided?.like(extent, transport) { return known }
        // First, since a question runs all of this again.
        let named = try namedPorts()
        let made = AvoidedPorts(extent, transport, before: avoided)
        // By an index each row would be looked up by itself, and nearly all of them count.
        try database.forEachRow(
            """
            SELECT declared, count, port FROM bookings NOT INDEXED WHERE network = ?1 AND protocol = ?2
            """,
            .text(facts.network), .text(transport.rawValue)
        ) { (row) throws(RegistryError) -> Void in
            if let ports = row.ports(0, count: 1) { made.add(ports) }
            if let port = row.port(2) { made.noteBooked(port) }
        }
        for ports in declared { made.add(ports) }
        for ports in named { made.add(ports) }
        avoided = made
        return made
    }

    /// What the project names elsewhere, found out without the registry's lock.
    private func namedPorts() throws(Unanswered) -> [PortRange] {
        guard let named else { return [] }
        if let known = answers.named { return known }
        try answers.ask { [answers] _ in answers.named = named() }
        // Where it cannot be asked any more.
        return []
    }

    private func exhausted(
        _ request: ServiceRequest, _ range: PortRange, _ refused: (busy: Int, blocked: Int)
    ) throws(RegistryError) -> BookingError {
        .exhausted(
            service: request.service, count: request.count, range: range, isDemanded: request.range != nil,
            booked: try bookedCount(in: range, request.transport), busy: refused.busy, blocked: refused.blocked)
    }
}

extension Port {
    /// The ports that a privileged one moves to, easy to recognise: 8080 or above for 80, 8443 for 443; nil for others.
    fileprivate var unprivilegedStandIns: PortRange? {
        guard isPrivileged, let first = Port(Int(number) + 8000), let last = Port(9999) else { return nil }
        return PortRange(first, last)
    }
}

extension PortRange {
    /// A valid range: where a block goes that fits in neither its kind's range nor the default one.
    fileprivate static var forBlocks: PortRange { PortRange("10000-65535")! }
}
