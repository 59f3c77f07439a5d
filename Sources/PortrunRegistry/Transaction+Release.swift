import PortrunCore

extension Transaction {
    /// Gives a booking back. Its lease, when it has one, stays without it.
    package func release(_ booking: Booking) throws(RegistryError) {
        try database.run("DELETE FROM bookings WHERE id = ?1", .integer(booking.id))
        try database.run("DELETE FROM lease_bookings WHERE booking = ?1", .integer(booking.id))
    }

    /// Drops the contexts that have no booking left.
    package func dropEmptyContexts() throws(RegistryError) {
        try database.run("DELETE FROM contexts WHERE id NOT IN (SELECT context FROM bookings)")
    }
}
