import PortrunBase

extension Lease {
    static let columns =
        """
        id, bookings, pid, start, pidfd_id, boot_id, pid_namespace, network, host, uid, command, is_ephemeral, \
        created_at
        """

    /// By more than its id, which SQLite gives to another lease once this one is reaped.
    static let deletion = "DELETE FROM leases WHERE id = ?1 AND pid = ?2 AND start IS ?3"

    /// The numbers of bookings as the column has them: of those that the holder itself is to listen on, and behind an
    /// empty place of those that it is told of, which may be started by others.
    static func list(of bookings: [Booking], told: [Booking] = []) -> String {
        var list = ","
        append(bookings, to: &list)
        if !told.isEmpty {
            list += ","
            append(told, to: &list)
        }
        return list
    }

    private static func append(_ bookings: [Booking], to list: inout String) {
        for (index, booking) in bookings.enumerated() where !bookings[..<index].contains(where: { $0.id == booking.id })
        {
            list += "\(booking.id),"
        }
    }

    static let bookingsColumn: Int32 = 1

    /// Hands each number in that column of a row to `body`, and whether the holder is only told of it; no lease is made of
    /// the row.
    static func forEachBooking(_ row: Database.Row, _ body: (_ number: Int64, _ isTold: Bool) -> Void) {
        row.withText(bookingsColumn) { text in
            var number: Int64 = 0
            // The column begins with a comma.
            var (isStart, isTold) = (true, false)
            for byte in text {
                if byte == UInt8(ascii: ",") {
                    if number > 0 { body(number, isTold) } else if !isStart { isTold = true }
                    (number, isStart) = (0, false)
                } else {
                    number = number &* 10 &+ Int64(byte &- UInt8(ascii: "0"))
                }
            }
        }
    }

    init(_ row: Database.Row) {
        id = row.integer(0)
        var bookings: [Int64] = []
        Self.forEachBooking(row) { number, _ in bookings.append(number) }
        self.bookings = bookings
        holder = Self.holder(row)
        command = row.text(10)
        isEphemeral = row.integer(11) != 0
        createdAt = row.time(12)
    }

    /// - Parameter last: the holder in the row before: most have its texts, which are not made again then.
    static func holder(_ row: Database.Row, after last: Holder? = nil) -> Holder {
        let pid = Int32(truncatingIfNeeded: row.integer(2))
        let uid = UInt32(truncatingIfNeeded: row.integer(9))
        if var holder = last, row.isText(5, holder.bootID), row.isText(6, holder.pidNamespace),
            row.isText(7, holder.networkNamespace), row.isText(8, holder.host)
        {
            holder.pid = pid
            holder.start = row.bits(3)
            holder.pidfdID = row.bits(4)
            holder.uid = uid
            return holder
        }
        return Holder(
            pid: pid, start: row.bits(3), pidfdID: row.bits(4), uid: uid,
            seenFrom: Vantage(
                bootID: row.text(5), host: row.text(8), pidNamespace: row.text(6), networkNamespace: row.text(7)))
    }
}
