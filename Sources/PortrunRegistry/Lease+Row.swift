import PortrunBase

extension Lease {
    static let columns =
        """
        id, bookings, pid, start, pidfd_id, boot_id, pid_namespace, network, host, uid, command, is_ephemeral, \
        created_at
        """

    /// By more than its id, which SQLite gives to another lease once this one is reaped.
    static let deletion = "DELETE FROM leases WHERE id = ?1 AND pid = ?2 AND start IS ?3"

    /// The numbers of `bookings` as the column has them.
    static func list(of bookings: [Booking]) -> String {
        var list = ","
        for (index, booking) in bookings.enumerated() where !bookings[..<index].contains(where: { $0.id == booking.id })
        {
            list += "\(booking.id),"
        }
        return list
    }

    static let bookingsColumn: Int32 = 1

    /// The numbers in that column of a row, which is read without a lease being made of it.
    static func bookings(_ row: Database.Row) -> [Int64] {
        var numbers: [Int64] = []
        var number: Int64 = 0
        for byte in row.text(bookingsColumn).utf8 {
            if byte == UInt8(ascii: ",") {
                if number > 0 { numbers.append(number) }
                number = 0
            } else {
                number = number &* 10 &+ Int64(byte &- UInt8(ascii: "0"))
            }
        }
        return numbers
    }

    init(_ row: Database.Row) {
        id = row.integer(0)
        bookings = Self.bookings(row)
        holder = Holder(
            pid: Int32(truncatingIfNeeded: row.integer(2)), start: row.bits(3), pidfdID: row.bits(4),
            uid: UInt32(truncatingIfNeeded: row.integer(9)),
            seenFrom: Vantage(
                bootID: row.text(5), host: row.text(8), pidNamespace: row.text(6), networkNamespace: row.text(7)))
        command = row.text(10)
        isEphemeral = row.integer(11) != 0
        createdAt = row.time(12)
    }
}
