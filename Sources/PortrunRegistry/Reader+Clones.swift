import PortrunBase

/// Several clones of one repository: each has a branch of its own checked out, or is the first one on its branch. The
/// worktrees of a bare repository, of which none is the main one, count as clones of each other.
extension Reader {
    /// The main worktrees of other clones that have been used, the latest first: those with the same origin, the one that
    /// is this one's origin, and those whose origin this one is.
    package func clones(of context: Context) throws(RegistryError) -> [ContextRecord] {
        guard let repository = context.repository else { return [] }
        let found = try database.rows(
            """
            SELECT \(ContextRecord.columns) FROM contexts
            WHERE \(Self.isClone) ORDER BY last_used DESC
            """, .text(repository), .text(orNull: context.remote), .text(context.path),
            .integer(context.isInBareRepository ? 1 : 0)
        ) { ContextRecord($0) }
        return found.filter { $0.repository == repository || $0.repository.map(Path.parent) == $0.path }
    }

    /// The condition by which `clones(of:)` knows them: ?1 the repository, ?2 the origin, ?3 the path, ?4 whether the
    /// repository is bare.
    fileprivate static let isClone =
        "(repository <> ?1 AND (remote = ?2 OR path = ?2 OR remote = ?3) OR ?4 AND repository = ?1 AND path <> ?3)"
}

extension Transaction {
    /// Marks the checkouts of the other clones of a repository that is about to be recorded.
    ///
    /// - Returns: whether there are some.
    func tellClones(of context: Context) throws(RegistryError) -> Bool {
        guard let repository = context.repository else { return false }
        return try !database.rows(
            "UPDATE contexts SET has_clones = 1 WHERE \(Self.isClone) RETURNING id", .text(repository),
            .text(orNull: context.remote), .text(context.path), .integer(context.isInBareRepository ? 1 : 0),
            read: { $0.integer(0) }
        ).isEmpty
    }

    /// Notes that something of another clone listens on a TCP port, whatever was learned of that here or there before.
    ///
    /// - Parameter path: of the checkout that has found it, on whose account nothing listens there.
    package func learn(_ port: Port, ofClone clone: ContextRecord, besides path: String) throws {
        for status in try status(matching: BookingFilter()) {
            let booking = status.booking
            guard booking.source == .learned, booking.transport == .tcp, booking.declared == port,
                try liveLeases(on: booking).isEmpty
            else { continue }
            let isOfClone = status.context.id == clone.id && booking.isMoved
            let isOfFinder = status.context.path == path && !booking.isMoved
            if isOfClone || isOfFinder { try release(booking) }
        }
        _ = try learn(port, for: clone)
    }
}
