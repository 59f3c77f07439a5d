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

    /// Drops the contexts that have no booking left.
    package func dropEmptyContexts() throws(RegistryError) {
        try database.run("DELETE FROM contexts WHERE id NOT IN (SELECT context FROM bookings)")
    }
}
