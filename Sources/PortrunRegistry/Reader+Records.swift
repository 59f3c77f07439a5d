import PortrunBase

/// A booking as the registry has it; nobody has looked whether it is in use.
///
/// No tuple: to copy one takes a look at the type of each part.
package struct RecordedBooking: Sendable {
    package let booking: Booking
    package let context: ContextRecord
    package let description: String?
    /// Seconds since 1970; when it was last used, where an older portrun has booked it.
    package let createdAt: Int64
    /// The door of the daemon whose client has had it booked; nil for what anybody else has booked.
    package let door: String?
}

extension Reader {
    /// The bookings of this network that `filter` lets through, ordered by label and port.
    package func recorded(matching filter: BookingFilter = BookingFilter()) throws(RegistryError) -> [RecordedBooking] {
        var rows =
            if let port = filter.port {
                try rows("bookings.id IN (SELECT value FROM json_each(?2))", .list(try bookings(having: port)))
            } else if let context = filter.context {
                try rows("context = ?2", .integer(context.id))
            } else {
                try rows("?2 IS NULL", .null)
            }
        // In place: there may be very many.
        rows.removeAll { !filter.matches($0.booking, of: $0.context) }
        return rows
    }

    /// Likewise, the one with a number; nil where there is none.
    package func recorded(numbered id: Int64) throws(RegistryError) -> RecordedBooking? {
        try rows("bookings.id = ?2", .integer(id)).first
    }

    /// The numbers of the bookings of this network that have `port`; bookings do not overlap, so it is the last that
    /// starts there or before.
    func bookings(having port: Port) throws(RegistryError) -> [Int64] {
        var ids: [Int64] = []
        for transport in TransportProtocol.allCases {
            ids += try database.rows(
                """
                SELECT id, port + count FROM bookings WHERE network = ?1 AND protocol = ?2 AND port <= ?3
                ORDER BY port DESC LIMIT 1
                """, .text(facts.network), .text(transport.rawValue), .integer(Int(port.number))
            ) { $0.integer(1) > Int64(port.number) ? [$0.integer(0)] : [] }.flatMap { $0 }
        }
        return ids
    }

    /// A context and where its bookings are.
    private struct Group {
        let context: ContextRecord
        let bookings: Range<Int>
    }

    private struct BookingRow {
        let booking: Booking
        let description: String?
        let context: Int64
        let createdAt: Int64
        let door: String?
    }

    /// The bookings of this network for which `condition` holds, ordered by label and port. The sign before `network` keeps
    /// SQLite from going through all of them (sqlite.org/optoverview.html, section 2).
    ///
    /// Each context is read once, and not with each of its bookings.
    func rows(_ condition: String, _ values: Database.Value...) throws(RegistryError) -> [RecordedBooking] {
        let bookings = try database.rows(
            """
            SELECT \(Booking.columns), description, context, coalesce(created_at, last_used), door
            FROM bookings WHERE +network = ?1 AND \(condition) ORDER BY context, port, protocol
            """, [.text(facts.network)] + values
        ) {
            BookingRow(
                booking: Booking($0), description: $0.textOrNull(12), context: $0.integer(13), createdAt: $0.time(14),
                door: $0.textOrNull(15))
        }
        var groups: [Group] = []
        var start = 0
        while start < bookings.count {
            let id = bookings[start].context
            var end = start + 1
            while end < bookings.count, bookings[end].context == id { end += 1 }
            let record = try database.rows(
                "SELECT \(ContextRecord.columns) FROM contexts WHERE id = ?1", .integer(id)
            ) { ContextRecord($0) }
            // Nobody's bookings are no bookings.
            if let record = record.first { groups.append(Group(context: record, bookings: start..<end)) }
            start = end
        }
        groups.sort {
            $0.context.label == $1.context.label
                ? $0.context.id < $1.context.id
                : $0.context.label.utf8.lexicographicallyPrecedes($1.context.label.utf8)
        }
        var rows: [RecordedBooking] = []
        rows.reserveCapacity(bookings.count)
        for group in groups {
            for index in group.bookings {
                rows.append(
                    RecordedBooking(
                        booking: bookings[index].booking, context: group.context,
                        description: bookings[index].description, createdAt: bookings[index].createdAt,
                        door: bookings[index].door))
            }
        }
        return rows
    }
}
