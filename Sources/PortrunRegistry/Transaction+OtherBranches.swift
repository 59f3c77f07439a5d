import PortrunBase

extension Transaction {
    /// The context that has what a command holds: another branch's than that in which it started, where one was checked out
    /// in the same folder since.
    package func record(holding lease: Lease, in record: ContextRecord) throws -> ContextRecord {
        let held = try rows("bookings.id IN (SELECT value FROM json_each(?2))", .list(lease.bookings)).map(\.context)
        if held.contains(where: { $0.id == record.id }) { return record }
        return held.first { $0.path == record.path && $0.repository == record.repository } ?? record
    }

    /// Gives the context of today's branch the bookings of what still runs in its folder, and was started before another
    /// branch was checked out there: a server is this checkout's, whatever happens to the branch meanwhile. An idle booking of
    /// the same service goes to the other branch in exchange, so that no port is lost.
    ///
    /// Nothing happens for a command that started before the switch itself, and asks for its own branch.
    func takeOverRunning(
        for context: Context, _ record: ContextRecord,
        _ stillResolves: @escaping (_ path: String, _ identity: String) -> Bool
    ) throws {
        guard let repository = context.repository else { return }
        let running = try runningUnderOtherBranches(at: context.path, of: repository, besides: record)
        if running.isEmpty { return }
        let identity: String = context.identity.start(before: "@" + context.path) ?? context.identity
        guard try standing(of: CheckoutName(path: context.path, identity: identity), stillResolves) == .same else {
            return
        }
        for row in running {
            let own = try booking(of: record, row.booking.service, row.booking.transport)
            if let own {
                guard own.target == nil, own.source != .demand, try liveLeases(on: own).isEmpty, try !isBusy(own) else {
                    continue
                }
                // No two of a context have one name, not even for a moment; no context has such a number.
                try database.run("UPDATE bookings SET context = -id WHERE id = ?1", .integer(own.id))
            }
            try database.run(
                "UPDATE bookings SET context = ?2 WHERE id = ?1", .integer(row.booking.id), .integer(record.id))
            if let own {
                try database.run(
                    "UPDATE bookings SET context = ?2 WHERE id = ?1", .integer(own.id), .integer(row.context.id))
            }
            noteChange(in: context.path)
        }
    }
}
