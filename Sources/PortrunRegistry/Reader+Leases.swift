import PortrunBase

extension Reader {
    /// Every lease, the oldest first, dead ones among them.
    ///
    /// The one statement that reads leases: at a launch, compiling another costs more than reading a few rows again.
    /// - Parameter limit: how many at most; negative for all.
    package func allLeases(limit: Int64 = -1) throws(RegistryError) -> [Lease] {
        try database.rows("SELECT \(Lease.columns) FROM leases ORDER BY id LIMIT ?1", .integer(limit)) { Lease($0) }
    }

    /// The leases on a booking, the oldest first. Dead ones are among them until they are reaped.
    package func leases(on booking: Booking) throws(RegistryError) -> [Lease] {
        try allLeases().filter { $0.bookings.contains(booking.id) }
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
        for lease in try allLeases() { held.formUnion(lease.bookings) }
        return held
    }
}
