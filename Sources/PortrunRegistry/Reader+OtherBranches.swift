import PortrunBase

extension Reader {
    /// The bookings of what runs in a checkout's folder and was started while another branch was checked out there, ordered by
    /// label and port. What a container has is that branch's own, with its project and volumes.
    ///
    /// - Parameters:
    ///   - repository: the git directory that all its worktrees share.
    ///   - record: that of the branch of today, where it has one.
    package func runningUnderOtherBranches(
        at path: String, of repository: String, besides record: ContextRecord?
    ) throws -> [RecordedBooking] {
        let values: [Database.Value] = [.text(path), .text(repository), .integer(record?.id ?? 0)]
        // Most folders have had one branch.
        let others = try database.rows(
            "SELECT id FROM contexts WHERE path = ?1 AND repository = ?2 AND id <> ?3", values
        ) { $0.integer(0) }
        if others.isEmpty { return [] }
        let rows = try rows("target IS NULL AND context IN (SELECT value FROM json_each(?2))", .list(others))
        if rows.isEmpty { return [] }
        var held: Set<Int64> = []
        for lease in try allLeases() where lease.holder.endsAt == nil && facts.verdict(lease.holder) != .dead {
            held.formUnion(lease.bookings)
        }
        let isBusy = isBusy(amongst: rows.count)
        return try rows.filter { row in
            if held.contains(row.booking.id) { return true }
            // It may have outlived its command.
            return try isBusy(row.booking) && isOutlived(row.booking)
        }
    }
}
