import PortrunBase

extension Reader {
    /// True where another network namespace has bookings: they are kept apart, as ports are.
    package func hasBookingsElsewhere() throws(RegistryError) -> Bool {
        try !database.rows("SELECT 1 FROM bookings WHERE network <> ?1 LIMIT 1", .text(facts.network)) { $0.integer(0) }
            .isEmpty
    }
}
