import PortrunBase

/// Leases that no process has: they last until a time.
///
/// They are numbered below 0, so that a launch, which looks at the first leases, sees at once whether there are any.
extension Transaction {
    /// Lets a booking be held until the time that `holder` is; makes a lease for it, or renews the one it has.
    package func hold(_ booking: Booking, until holder: Holder) throws(RegistryError) {
        try dropTimedLease(on: booking)
        try insertLease([booking], to: holder, command: "", isEphemeral: true)
        try database.run(
            "UPDATE leases SET id = (SELECT min(0, min(id)) - 1 FROM leases) WHERE id = ?1",
            .integer(database.lastInserted))
    }

    /// Makes a booking stay when no lease is left on it.
    package func keepForGood(_ booking: Booking) throws(RegistryError) {
        try dropTimedLease(on: booking)
        try database.run("UPDATE bookings SET is_ephemeral = 0 WHERE id = ?1", .integer(booking.id))
    }

    private func dropTimedLease(on booking: Booking) throws(RegistryError) {
        guard let lease = try timedLease(on: booking) else { return }
        try database.run("DELETE FROM leases WHERE id = ?1", .integer(lease.id))
    }
}
