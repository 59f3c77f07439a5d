import PortrunBase

extension Transaction {
    /// Gives a booking back. Its lease, when it has one, stays without it.
    package func release(_ booking: Booking) throws(RegistryError) {
        try noteChange(of: booking.id)
        try database.run("DELETE FROM bookings WHERE id = ?1", .integer(booking.id))
        // No lease is said to hold what is gone.
        try database.run(
            "UPDATE leases SET bookings = replace(bookings, ?1, ',') WHERE instr(bookings, ?1)",
            .text(",\(booking.id),"))
    }

    /// Drops a context that has no booking left; one that is there keeps its compose project's name.
    func dropIfEmpty(_ context: Int64, isGone: Bool = false) throws(RegistryError) {
        try database.run(
            """
            DELETE FROM contexts
            WHERE id = ?1 AND (?2 OR project IS NULL) AND NOT EXISTS (SELECT 1 FROM bookings WHERE context = ?1)
            """, .integer(context), .integer(isGone ? 1 : 0))
    }

    /// Drops the contexts that have no booking left, and no name for a compose project, which is nobody else's.
    package func dropEmptyContexts() throws(RegistryError) {
        // A look at the index for each: there are ten times as many bookings.
        try database.run(
            """
            DELETE FROM contexts
            WHERE project IS NULL AND NOT EXISTS (SELECT 1 FROM bookings WHERE context = contexts.id)
            """)
    }
}
