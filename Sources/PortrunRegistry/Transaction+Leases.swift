import PortrunCore

extension Transaction {
    /// Records that `holder` holds `bookings`, and that they and their context are in use.
    package func lease(
        _ bookings: [Booking], to holder: Holder, command: String, isEphemeral: Bool
    ) throws(RegistryError) -> Lease {
        try database.run(
            """
            INSERT INTO leases (pid, start, pidfd_id, boot_id, pid_namespace, network, host, uid, command,
                created_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """,
            .integer(Int(holder.pid)), .bits(orNull: holder.start), .bits(orNull: holder.pidfdID),
            .text(holder.bootID), .text(holder.pidNamespace), .text(holder.networkNamespace), .text(holder.host),
            .integer(Int(holder.uid)), .text(command), .integer(machine.now))
        let lease = Lease(id: database.lastInserted, holder: holder, command: command, createdAt: machine.now)
        for booking in bookings {
            try database.run(
                "INSERT OR IGNORE INTO lease_bookings (lease, booking) VALUES (?1, ?2)", .integer(lease.id),
                .integer(booking.id))
            try database.run(
                """
                UPDATE bookings SET last_used = ?2, is_ephemeral = is_ephemeral AND ?3
                WHERE id = ?1 AND (?2 - last_used NOT BETWEEN 0 AND 60 OR is_ephemeral > ?3)
                """, .integer(booking.id), .integer(machine.now), .integer(isEphemeral ? 1 : 0))
        }
        return lease
    }

    /// Ends a lease, and with it the ephemeral bookings that nobody else holds.
    package func end(_ lease: Lease) throws(RegistryError) { try end(lease: lease.id) }

    /// The leases on a booking, the oldest first. Dead ones are among them until they are reaped.
    package func leases(on booking: Booking) throws(RegistryError) -> [Lease] {
        try database.rows(
            """
            SELECT \(Lease.columns) FROM leases JOIN lease_bookings ON lease = leases.id WHERE booking = ?1
            ORDER BY leases.id
            """, .integer(booking.id)
        ) { Lease($0) }
    }

    /// True when a live command that did not start this one holds the booking.
    func isHeldByAnother(_ booking: Booking) throws(RegistryError) -> Bool {
        let leases = try liveLeases(on: booking)
        guard !leases.isEmpty else { return false }
        let lineage = machine.lineage()
        return leases.contains { !lineage.contains($0.holder.pid) }
    }

    func end(lease id: Int64) throws(RegistryError) {
        let ephemeral = try database.rows(
            "SELECT id FROM bookings JOIN lease_bookings ON booking = id WHERE lease = ?1 AND is_ephemeral",
            .integer(id)
        ) { $0.integer(0) }
        try database.run("DELETE FROM leases WHERE id = ?1", .integer(id))
        try database.run("DELETE FROM lease_bookings WHERE lease = ?1", .integer(id))
        for booking in ephemeral {
            try database.run(
                """
                DELETE FROM bookings WHERE id = ?1
                  AND NOT EXISTS (SELECT 1 FROM lease_bookings WHERE booking = ?1)
                """, .integer(booking))
        }
    }
}

extension Lease {
    static let columns =
        """
        leases.id, leases.pid, leases.start, leases.pidfd_id, leases.boot_id, leases.pid_namespace, leases.network, \
        leases.host, leases.uid, leases.command, leases.created_at
        """

    init(_ row: Database.Row) {
        id = row.integer(0)
        holder = Holder(
            pid: Int32(truncatingIfNeeded: row.integer(1)), start: row.bits(2), pidfdID: row.bits(3),
            uid: UInt32(truncatingIfNeeded: row.integer(8)),
            seenFrom: Vantage(
                bootID: row.text(4), host: row.text(7), pidNamespace: row.text(5), networkNamespace: row.text(6)))
        command = row.text(9)
        createdAt = row.integer(10)
    }
}
