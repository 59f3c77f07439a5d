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

    init(_ row: Database.Row) {
        id = row.integer(0)
        bookings = row.text(1).split(separator: ",").compactMap { Int64($0) }
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
