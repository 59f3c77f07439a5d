import PortrunBase

/// A booking of a linked worktree for a number that no file declares.
package struct LearnedBooking: Sendable {
    package let booking: Booking
    /// Of its checkout.
    package let label: String
    package let path: String
    package let hash: String
}

extension Reader {
    /// What commands of a repository's checkouts were seen to listen on, in this network, as far as the checkout is not the
    /// one at `path`.
    package func learnedBookings(
        inWorktreesOf repository: String, besides path: String
    ) throws(RegistryError) -> [LearnedBooking] {
        try database.rows(
            """
            SELECT \(Booking.columns.qualified(by: "bookings")), label, path, hash
            FROM contexts CROSS JOIN bookings ON context = contexts.id
            WHERE repository = ?2 AND path <> ?3 AND network = ?1 AND source = ?4 AND protocol = 'tcp'
            """,
            .text(facts.network), .text(repository), .text(path), .text(Booking.Source.learned.rawValue)
        ) { LearnedBooking(booking: Booking($0), label: $0.text(12), path: $0.text(13), hash: $0.text(14)) }
    }
}
