import PortrunBase

extension Transaction {
    /// Reaps dead leases, as far as a launch may, then finds or records `context` and notes that it is in use.
    ///
    /// What still runs in the folder under another branch is its from then on.
    ///
    /// In this order: a context that loses its last booking to the reaping goes with it.
    ///
    /// - Throws: `RegistryError`.
    package func enter(
        _ context: Context, stillResolves: @escaping (_ path: String, _ identity: String) -> Bool
    ) throws -> (record: ContextRecord, context: Context) {
        try reapDeadLeases(.oldest)
        let entered = try record(context, stillResolves: stillResolves)
        try takeOverRunning(for: entered.context, entered.record, stillResolves)
        try touch(entered.record)
        self.entered = entered.record
        isGuest = entered.context.isGuest
        cloneBeside = entered.context.cloneBeside
        return entered
    }

    /// Finds or records `context`.
    ///
    /// Two checkouts can have one identity (two clones on one branch). The first keeps it: when the recorded path
    /// still resolves to it, as `stillResolves` says, the other is recorded with its path in its identity. When it
    /// does not, the folder has moved and the record follows it. A checkout that was once recorded with its path keeps
    /// that record, so that its ports stay whatever becomes of the first one.
    ///
    /// `stillResolves` may take its time: nobody waits for the registry meanwhile.
    ///
    /// - Returns: the record and the context, whose identity may have been qualified.
    /// - Throws: `RegistryError`.
    package func record(
        _ context: Context, stillResolves: @escaping (_ path: String, _ identity: String) -> Bool
    ) throws -> (record: ContextRecord, context: Context) {
        let found = try find(identity: context.identity)
        if found?.path != context.path {
            let qualified = context.qualifiedByPath()
            if let record = try find(identity: qualified.identity) { return (record, qualified) }
            if let found, try isInUse(found, stillResolves) {
                return (try insert(qualified), qualified)
            }
        }
        guard let record = found else { return (try insert(context), context) }
        // A name that the daemon has booked under has no folder, whoever uses it from one.
        if record.path == "/", context.repository == nil, !context.isPlainFolder { return (record, context) }
        if record.path != context.path || record.label != context.label || record.branch != context.branch
            || record.repository != context.repository
        {
            try database.run(
                """
                UPDATE contexts SET path = ?2, label = ?3, app = ?4, instance = ?5, repository = ?6, branch = ?7,
                    remote = ?8
                WHERE id = ?1
                """,
                .integer(record.id), .text(context.path), .text(context.label), .text(context.app),
                .text(context.instance), .text(orNull: context.repository), .text(orNull: context.branch),
                .text(orNull: context.remote))
            // Where it is now: its shells' hooks are told there.
            return (try find(identity: record.identity) ?? record, context)
        }
        return (record, context)
    }

    /// True while the record's path resolves to its identity, or a command that was started there runs and the path is
    /// there: another branch is checked out now, and the ports are the command's.
    private func isInUse(
        _ record: ContextRecord, _ stillResolves: @escaping (_ path: String, _ identity: String) -> Bool
    ) throws -> Bool {
        switch try standing(of: record.checkout, stillResolves) {
        case .same: return true
        case .absent: return false
        case .other:
            // What the user named has no place of its own.
            guard record.repository != nil else { return false }
            for booking in try bookings(of: record) where try commandLease(on: booking) != nil { return true }
            return false
        }
    }

    /// The compose project name of a context: the one it has, else its label made valid and unique machine-wide.
    ///
    /// - Parameter own: the name that compose would choose. A folder outside git has it while it is the only one.
    package func projectName(
        of record: ContextRecord, _ context: Context, own: String?
    ) throws(RegistryError) -> String {
        if let project = record.project { return project }
        let wanted = context.isPlainFolder ? own.flatMap { ProjectName(madeFrom: $0) } : nil
        var name = wanted ?? ProjectName(label: context.label, hash: context.hash)
        let isTaken = try !database.rows(
            // In this transaction it may have become this context's own.
            "SELECT id FROM contexts WHERE project = ?1 AND id <> ?2", .text(name.description), .integer(record.id),
            read: { $0.integer(0) }
        ).isEmpty
        if isTaken { name = name.distinguished(by: context.hash) }
        try database.run(
            "UPDATE contexts SET project = ?2 WHERE id = ?1", .integer(record.id), .text(name.description))
        return name.description
    }

    /// Notes that a context is in use, at most once an hour: a note is a write.
    func touch(_ record: ContextRecord) throws(RegistryError) {
        guard facts.now - record.lastUsed > 3600 || facts.now < record.lastUsed else { return }
        try database.run(
            "UPDATE contexts SET last_used = ?2 WHERE id = ?1", .integer(record.id), .integer(facts.now))
    }

    private func insert(_ context: Context) throws(RegistryError) -> ContextRecord {
        let hasClones = try tellClones(of: context)
        let rows = try database.rows(
            """
            INSERT INTO contexts (identity, hash, label, app, instance, path, remote, branch, repository, last_used,
                has_clones)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING \(ContextRecord.columns)
            """,
            .text(context.identity), .text(context.hash), .text(context.label), .text(context.app),
            .text(context.instance), .text(context.path), .text(orNull: context.remote),
            .text(orNull: context.branch), .text(orNull: context.repository), .integer(facts.now),
            .integer(hasClones ? 1 : 0)
        ) { ContextRecord($0) }
        // INSERT … RETURNING gives exactly one row.
        return rows[0]
    }
}
