import PortrunBase

/// A booking of another checkout of the same repository.
package struct RelativeBooking: Sendable, Equatable {
    package let booking: Booking
    /// Of its checkout.
    package let label: String
    package let path: String
}

extension Reader {
    /// What other checkouts of a context's repository have booked in this network.
    package func bookingsOfRelatives(of record: ContextRecord) throws(RegistryError) -> [RelativeBooking] {
        guard let repository = record.repository else { return [] }
        return try database.rows(
            """
            SELECT \(Booking.columns.qualified(by: "bookings")), label, path
            FROM bookings JOIN contexts ON contexts.id = context
            WHERE network = ?1 AND repository = ?2 AND context <> ?3
            """,
            .text(facts.network), .text(repository), .integer(record.id)
        ) { RelativeBooking(booking: Booking($0), label: $0.text(11), path: $0.text(12)) }
    }
}
