import PortrunBase

/// A booking of a repository's checkout for a number that no file declares.
package struct LearnedBooking: Sendable {
    package let booking: Booking
    package let context: ContextRecord
}

extension Reader {
    /// The checkouts of a repository that have booked something.
    package func checkouts(of repository: String) throws(RegistryError) -> [ContextRecord] {
        try database.rows(
            "SELECT \(ContextRecord.columns) FROM contexts WHERE repository = ?1", .text(repository)
        ) { ContextRecord($0) }
    }

    /// What commands of a repository's checkouts were seen to listen on, in this network, as far as the checkout is not the
    /// one at `path`.
    package func learnedBookings(
        inWorktreesOf repository: String, besides path: String
    ) throws(RegistryError) -> [LearnedBooking] {
        var found: [LearnedBooking] = []
        for context in try checkouts(of: repository) where !context.path.utf8.elementsEqual(path.utf8) {
            for booking in try bookings(of: context) where booking.source == .learned && booking.transport == .tcp {
                found.append(LearnedBooking(booking: booking, context: context))
            }
        }
        return found
    }
}
