import PortrunBase

extension Reader {
    /// Goes through the rows of all leases, the oldest first, dead ones among them.
    ///
    /// The one statement that reads leases: at a launch, compiling another costs more than reading a few rows again.
    /// - Parameters:
    ///   - limit: how many at most; negative for all.
    ///   - body: gives false to see no more of them.
    func forEachLease(
        limit: Int64 = -1, _ body: (Database.Row) throws(RegistryError) -> Bool
    ) throws(RegistryError) {
        try database.forEachRow(
            "SELECT \(Lease.columns) FROM leases ORDER BY id LIMIT ?1", .integer(limit), while: body)
    }

    /// Every lease; likewise.
    package func allLeases(limit: Int64 = -1) throws(RegistryError) -> [Lease] {
        var leases: [Lease] = []
        try forEachLease(limit: limit) {
            leases.append(Lease($0))
            return true
        }
        return leases
    }

    /// The leases on a booking, the oldest first. Dead ones are among them until they are reaped.
    package func leases(on booking: Booking) throws(RegistryError) -> [Lease] {
        var leases: [Lease] = []
        let number = ",\(booking.id),"
        try forEachLease {
            if $0.contains(Lease.bookingsColumn, number) { leases.append(Lease($0)) }
            return true
        }
        return leases
    }

    /// The lease on a booking that lasts until a time.
    package func timedLease(on booking: Booking) throws(RegistryError) -> Lease? {
        try leases(on: booking).first { $0.holder.endsAt != nil }
    }

    /// The timed leases whose time may have come: by one clock or the other.
    func dueLeases() throws(RegistryError) -> [Lease] {
        try database.rows(
            "SELECT \(Lease.columns) FROM leases WHERE id < 0 AND (start <= ?1 OR pidfd_id <= ?2) ORDER BY id",
            .integer(facts.now), .integer(facts.uptime)
        ) { Lease($0) }
    }

    /// The numbers of the bookings that a lease is on.
    func heldBookings() throws(RegistryError) -> Set<Int64> {
        var held: Set<Int64> = []
        try forEachLease {
            Lease.forEachBooking($0) { number, _ in held.insert(number) }
            return true
        }
        return held
    }
}
