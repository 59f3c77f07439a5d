import PortrunBase

/// A booking that ended with its last lease.
struct EndedBooking {
    let label: String
    let booking: Booking
    /// Its time had come, rather than its command ended.
    let isExpired: Bool
}

extension Transaction {
    /// Records that `holder` holds bookings, and that they and their context are in use.
    ///
    /// - Parameters:
    ///   - bookings: what it listens on, or starts in containers.
    ///   - told: what it is told of and may start. They stay where they are, and another command of the checkout may have
    ///     them for itself while nobody listens there.
    package func lease(
        _ bookings: [Booking], told: [Booking] = [], to holder: Holder, command: String, isEphemeral: Bool
    ) throws(RegistryError) -> Lease {
        try insertLease(bookings, told: told, to: holder, command: command, isEphemeral: isEphemeral)
        let held = told.isEmpty ? bookings : bookings + told
        let lease = Lease(
            id: database.lastInserted, bookings: held.map(\.id), holder: holder, command: command,
            isEphemeral: isEphemeral, createdAt: facts.now)
        for booking in held {
            // Not at every launch: a note is a write.
            let isRecent = (0...60).contains(facts.now - booking.lastUsed)
            guard !isRecent || (booking.isEphemeral && !isEphemeral) else { continue }
            try database.run(
                "UPDATE bookings SET last_used = ?2, is_ephemeral = is_ephemeral AND ?3 WHERE id = ?1",
                .integer(booking.id), .integer(facts.now), .integer(isEphemeral ? 1 : 0))
        }
        return lease
    }

    func insertLease(
        _ bookings: [Booking], told: [Booking] = [], to holder: Holder, command: String, isEphemeral: Bool
    ) throws(RegistryError) {
        try database.run(
            """
            INSERT INTO leases (bookings, pid, start, pidfd_id, boot_id, pid_namespace, network, host, uid, command,
                is_ephemeral, created_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
            """,
            .text(Lease.list(of: bookings, told: told)), .integer(Int(holder.pid)), .bits(orNull: holder.start),
            .bits(orNull: holder.pidfdID), .text(holder.bootID), .text(holder.pidNamespace),
            .text(holder.networkNamespace), .text(holder.host), .integer(Int(holder.uid)), .text(command),
            .integer(isEphemeral ? 1 : 0), .integer(facts.now))
    }

    /// Ends a lease, and with it the ephemeral bookings that nobody else holds.
    package func end(_ lease: Lease) throws(RegistryError) { try end([lease]) }

    /// Ends leases, and with them the ephemeral bookings that nobody else holds, and their contexts when those have no
    /// other; gives these bookings back.
    ///
    /// A lease that somebody else has reaped by now is left alone: SQLite gives its number to the next one.
    @discardableResult
    func end(_ leases: [Lease]) throws(RegistryError) -> [EndedBooking] {
        var ephemeral: [Lease] = []
        for lease in leases {
            try database.run(
                Lease.deletion, .integer(lease.id), .integer(Int(lease.holder.pid)),
                .bits(orNull: lease.holder.start))
            if lease.isEphemeral, database.changes > 0 { ephemeral.append(lease) }
        }
        guard !ephemeral.isEmpty else { return [] }
        let held = try heldBookings()
        var ended: [EndedBooking] = []
        for lease in ephemeral {
            for id in lease.bookings where !held.contains(id) {
                let found = try database.rows(
                    """
                    SELECT \(Booking.columns.qualified(by: "bookings")), contexts.id, label
                    FROM bookings JOIN contexts ON contexts.id = context WHERE bookings.id = ?1 AND is_ephemeral
                    """, .integer(id)
                ) { (booking: Booking($0), context: $0.integer(12), label: $0.text(13)) }
                guard let found = found.first else { continue }
                try noteChange(of: id)
                try database.run("DELETE FROM bookings WHERE id = ?1", .integer(id))
                try dropIfEmpty(found.context)
                ended.append(
                    EndedBooking(label: found.label, booking: found.booking, isExpired: lease.holder.endsAt != nil))
            }
        }
        return ended
    }
}
