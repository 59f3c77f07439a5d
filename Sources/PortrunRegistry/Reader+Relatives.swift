import PortrunBase

/// A booking of another checkout of the same repository.
package struct RelativeBooking: Sendable, Equatable {
    package let booking: Booking
    /// Of its checkout.
    package let label: String
    package let path: String
    /// The checkout is the main worktree beside a linked one, or the first of two clones on one branch.
    package let isOfMain: Bool

    /// True for what the registry does not have: files there name it, or something was seen to listen.
    package var isUnbooked: Bool { booking.id == 0 }

    package init(booking: Booking, label: String, path: String, isOfMain: Bool) {
        self.booking = booking
        self.label = label
        self.path = path
        self.isOfMain = isOfMain
    }
}

extension Reader {
    /// What other checkouts of a context's repository have booked in this network; of the second of two clones on one
    /// branch the first counts as well.
    ///
    /// The contexts come first: they are few, and of bookings there may be very many.
    ///
    /// - Parameters:
    ///   - isMainAlone: leave out what is not the main worktree's.
    ///   - clone: the path of another clone that counts as the main worktree; nil for none.
    package func bookingsOfRelatives(
        of record: ContextRecord, isMainAlone: Bool = false, besideClone clone: String? = nil
    ) throws(RegistryError) -> [RelativeBooking] {
        guard let repository = record.repository else { return [] }
        let main = clone ?? (Path.lastName(repository) == ".git" ? Path.parent(repository) : nil)
        let first = record.identity.start(before: "@" + record.path)
        return try database.rows(
            """
            SELECT \(Booking.columns.qualified(by: "bookings")), label, path, identity
            FROM contexts CROSS JOIN bookings ON context = contexts.id
            WHERE (repository = ?2 AND (?5 OR path = ?6) OR identity = ?4 OR path = ?7) AND network = ?1 AND contexts.id <> ?3
            """,
            .text(facts.network), .text(repository), .integer(record.id), .text(orNull: first),
            .integer(isMainAlone ? 0 : 1), .text(orNull: main), .text(orNull: clone)
        ) { row in
            let path = row.text(13)
            return RelativeBooking(
                booking: Booking(row), label: row.text(12), path: path,
                isOfMain: path == main || row.isText(14, first))
        }
    }

    /// The contexts of other checkouts of a context's repository.
    package func relatives(of record: ContextRecord) throws(RegistryError) -> [ContextRecord] {
        guard let repository = record.repository else { return [] }
        return try database.rows(
            "SELECT \(ContextRecord.columns) FROM contexts WHERE repository = ?1 AND id <> ?2 AND path <> ?3",
            .text(repository), .integer(record.id), .text(record.path)
        ) { ContextRecord($0) }
    }
}
