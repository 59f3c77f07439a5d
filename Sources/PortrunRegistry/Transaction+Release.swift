import PortrunCore

extension Transaction {
    /// Gives a booking back. Its lease, when it has one, stays without it.
    package func release(_ booking: Booking) throws(RegistryError) {
        try database.run("DELETE FROM bookings WHERE id = ?1", .integer(booking.id))
        // SQLite gives the number of the last row again once it is deleted.
        try database.run(
            "UPDATE leases SET bookings = replace(bookings, ?1, ',') WHERE instr(bookings, ?1)",
            .text(",\(booking.id),"))
    }

    /// Drops a context that has no booking left.
    func dropIfEmpty(_ context: Int64) throws(RegistryError) {
        try database.run(
            "DELETE FROM contexts WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM bookings WHERE context = ?1)",
            .integer(context))
    }

    /// Drops the contexts that have no booking left.
    package func dropEmptyContexts() throws(RegistryError) {
        // A look at the index for each: there are ten times as many bookings.
        try database.run(
            "DELETE FROM contexts WHERE NOT EXISTS (SELECT 1 FROM bookings WHERE context = contexts.id)")
    }
}
