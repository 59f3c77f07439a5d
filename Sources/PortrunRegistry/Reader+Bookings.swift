import PortrunBase

extension Reader {
    /// The bookings of a context in this network, in the order they were made.
    ///
    /// A launch asks for them several times, and nobody else can write meanwhile.
    package func bookings(of record: ContextRecord) throws(RegistryError) -> [Booking] {
        if let last = lastBookings, last.context == record.id, last.writtenRows == database.writtenRows {
            return last.bookings
        }
        let bookings = try database.rows(
            "SELECT \(Booking.columns) FROM bookings WHERE context = ?1 AND network = ?2 ORDER BY id",
            .integer(record.id), .text(facts.network)
        ) { Booking($0) }
        lastBookings = LastBookings(context: record.id, writtenRows: database.writtenRows, bookings)
        return bookings
    }

    /// The bookings of a context in every network.
    func allBookings(of context: Int64) throws(RegistryError) -> [Booking] {
        try database.rows(
            "SELECT \(Booking.columns) FROM bookings WHERE context = ?1 ORDER BY id", .integer(context)
        ) { Booking($0) }
    }

    /// The booking of one service of a context, that for TCP where there are two.
    package func booking(
        of record: ContextRecord, _ service: ServiceName
    ) throws(RegistryError) -> Booking? {
        for transport in TransportProtocol.allCases {
            if let booking = try booking(of: record, service, transport) { return booking }
        }
        return nil
    }

    /// The booking of one service of a context for one transport.
    package func booking(
        of record: ContextRecord, _ service: ServiceName, _ transport: TransportProtocol
    ) throws(RegistryError) -> Booking? {
        _ = try bookings(of: record)
        return lastBookings?.booking(of: service, transport)
    }

    /// The booking of a context that has the number `id`.
    func booking(of record: ContextRecord, numbered id: Int64) throws(RegistryError) -> Booking? {
        _ = try bookings(of: record)
        return lastBookings?.booking(numbered: id)
    }

    /// The booking of a checkout that `list --format ports` calls what a claim is called, and that has its ports.
    package func booking(listedAs claim: Claim) throws(RegistryError) -> Booking? {
        try database.rows(
            """
            SELECT \(Booking.columns.qualified(by: "bookings")) FROM bookings JOIN contexts ON contexts.id = context
            WHERE network = ?1 AND protocol = ?2 AND port = ?3 AND count = ?4 AND label || '/' || service = ?5
            """,
            .text(facts.network), .text(claim.transport.rawValue), .integer(Int(claim.port.number)),
            .integer(claim.count), .text(claim.service.description)
        ) { Booking($0) }.first
    }

    /// The last booking of this network that has one of `ports`, with `label service` of its owner.
    ///
    /// Bookings do not overlap, so that of those which start at the last port or before it only the last can reach
    /// into `ports`.
    func blocker(
        of ports: PortRange, _ transport: TransportProtocol, besides own: Booking? = nil
    ) throws(RegistryError) -> (owner: String, ports: PortRange)? {
        let before = try database.rows(
            """
            SELECT label || ' ' || service, port, count FROM bookings LEFT JOIN contexts ON contexts.id = context
            WHERE network = ?1 AND protocol = ?2 AND port <= ?3 AND bookings.id <> ?4 ORDER BY port DESC LIMIT 1
            """,
            .text(facts.network), .text(transport.rawValue), .integer(Int(ports.last.number)),
            .integer(own?.id ?? 0)
        ) { row in row.ports(1, count: 2).map { (row.text(0), $0) } }
        guard let first = before.first, let booking = first, booking.1.last >= ports.first else { return nil }
        return (owner: booking.0, ports: booking.1)
    }
}
