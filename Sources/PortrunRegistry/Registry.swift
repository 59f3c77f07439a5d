import CSQLite
import PortrunBase

/// The machine's contexts, bookings and leases, in one SQLite file.
///
/// Whatever is changed is read and changed inside `write`: one transaction that holds the write lock from its start, so
/// that nothing is decided on what another process is about to change. Who only looks does so inside `read`, and is
/// handed nothing that could write.
///
/// Any number of threads may use one registry. They take turns, except while a transaction waits for an answer. The
/// file is closed when the last reference goes.
package final class Registry: @unchecked Sendable {
    // All but constants is read and changed under `lock`.
    private let lock = ThreadLock()
    private var database: Database
    private let location: RegistryLocation
    /// When the hooks of shells were last told, by a transaction of this one, that bookings have changed.
    package private(set) var lastWake: timespec?
    private let now: Int64
    private let warn: (Warning) -> Void
    /// Is told that another writer keeps this one waiting.
    private let tellWaiting: (Warning) -> Void

    /// Opens the registry, or makes it. Safe under any number of first users at once.
    ///
    /// A file that is not a database, or a damaged one, is set aside whole under a dated name and replaced, now or
    /// when a transaction comes upon the damage.
    /// - Parameters:
    ///   - now: in seconds since 1970, for the name of what is set aside.
    ///   - isQuiet: wait for another writer without a word.
    ///   - longestWait: for other writers, in milliseconds; nil for the usual time.
    ///   - boot: the id of this run of the system, to be given by a process that opens no registry twice: it opens it
    ///     sooner then.
    ///   - warn: is told when that happened, and when another writer keeps this one waiting; on the thread that uses the
    ///     registry then, and on one at a time.
    package init(
        at location: RegistryLocation, now: Int64, isQuiet: Bool = false, longestWait: Int64? = nil,
        boot: String? = nil, warn: @escaping (Warning) -> Void
    ) throws(RegistryError) {
        var location = location
        location.longestWait = longestWait
        if let boot, !boot.isEmpty { location.boot = boot }
        self.location = location
        self.now = now
        self.warn = warn
        tellWaiting = isQuiet ? { _ in } : warn
        database = try location.openOrReplace(now: now, tellWaiting, warn: warn)
    }

    /// Makes every use of registries in this process cheaper; to be called before the first one is opened, by a process
    /// that has no second thread.
    package static func expectOneThread() {
        // It fails only when it is called too late, and then changes nothing.
        _ = portrun_expect_one_thread()
    }

    /// Runs `body` in one write transaction; anything that it throws undoes all of it.
    ///
    /// `body` may run several times; each time the changes of the last one are undone. It runs again on a new registry
    /// when the file is damaged, or was set aside meanwhile. It also runs again when it asked about a checkout: the
    /// answer is found out in between, while others may write. While the registry is locked, no project file is opened
    /// and no program started, except by `body` itself.
    ///
    /// - Parameter isDryRun: undo everything in the end, to see only what would happen.
    /// - Throws: what `body` throws, or `RegistryError`: `nested` when this thread is inside another transaction of this
    ///   registry.
    package func write<Result>(
        on facts: SystemFacts, isDryRun: Bool = false, _ body: (Transaction) throws -> Result
    ) throws -> Result {
        try transact(on: facts, "BEGIN IMMEDIATE", isDryRun ? "ROLLBACK" : "COMMIT") { database, answers in
            try body(Transaction(database: database, facts: facts, answers: answers))
        }
    }

    /// Leaves the log of changes as it is, which may be long, until `prepareEnd`: moving it into the file has to wait for
    /// the disk, and a command for that.
    package func deferCheckpoint() { try? alone { database.checkpointing = .later(isDue: false) } }

    /// Readies the end of a lease while there is nothing else to do.
    package func prepareEnd() {
        try? alone { database.checkpointNow() }
        // Whatever is wrong, `Transaction.end` comes upon it too, and tells.
        _ = try? alone { try database.prepared(Lease.deletion) }
    }

    /// Runs `body`, in which nobody is waited for: what it cannot write at once fails.
    ///
    /// - Parameter milliseconds: so long others are waited for all the same, in silence.
    package func withoutWaiting(longerThan milliseconds: Int64 = 0, _ body: () throws -> Void) rethrows {
        // SQLite has either: the timeout takes the handler's place.
        try? alone {
            _ = sqlite3_busy_handler(database.handle, nil, nil)
            if milliseconds > 0 { _ = sqlite3_busy_timeout(database.handle, Int32(milliseconds)) }
        }
        defer { try? alone { database.waitForOthers() } }
        try body()
    }

    /// Runs `body` on what the registry holds at one moment. Writers neither wait for it nor hold it up. It may run
    /// several times, as that of `write` may.
    ///
    /// - Throws: what `body` throws, or `RegistryError`, as `write` does.
    package func read<Result>(on facts: SystemFacts, _ body: (Reader) throws -> Result) throws -> Result {
        try transact(on: facts, "BEGIN", "ROLLBACK") { database, answers in
            try body(Reader(database: database, facts: facts, answers: answers))
        }
    }

    /// The same as long as nobody changes the registry, over this connection or another one
    /// (sqlite.org/pragma.html#pragma_data_version); nil where another file stands in its place by now, and where that cannot
    /// be told.
    package func state() -> RegistryState? {
        try? alone {
            if database.hasMoved { return nil }
            let versions = try database.rows("PRAGMA data_version") { $0.integer(0) }
            return versions.first.map { RegistryState(version: $0, writtenRows: database.writtenRows) }
        }
    }

    /// Reaps the leases whose time has come, for a reader who is about to look.
    ///
    /// Where that cannot be done at once it is left to the next writer: reading never waits, nor fails for it.
    package func reapExpired(on facts: SystemFacts) {
        let answers = Answers()
        try? alone {
            let isNone = try attempt("BEGIN", "ROLLBACK", answers) { database in
                try Reader(database: database, facts: facts, answers: answers).expiredLeases().isEmpty
            }
            guard !isNone else { return }
            try database.withoutPatience {
                _ = try attempt("BEGIN IMMEDIATE", "COMMIT", answers) { database in
                    let transaction = Transaction(database: database, facts: facts, answers: answers)
                    try transaction.end(transaction.expiredLeases())
                }
            }
        }
    }

    /// Attempts a transaction until all is known that it asks for.
    private func transact<Result>(
        on facts: SystemFacts, _ start: String, _ end: String, _ body: (Database, Answers) throws -> Result
    ) throws -> Result {
        let answers = Answers()
        while true {
            do {
                return try alone { try attemptTwice(start, end, answers) { try body($0, answers) } }
            } catch is Unanswered {
                try answers.find { look in
                    try alone { try attemptTwice("BEGIN", "ROLLBACK", Answers(), look) }
                }
            }
        }
    }

    /// Runs `body` while no other thread uses the connection.
    private func alone<Result>(_ body: () throws -> Result) throws -> Result {
        guard lock.take() else { throw RegistryError.nested(path: location.path) }
        defer { lock.give() }
        return try body()
    }

    /// Attempts a transaction, on a new file where the one that is open turns out to be of no use.
    private func attemptTwice<Result>(
        _ start: String, _ end: String, _ answers: Answers, _ body: (Database) throws -> Result
    ) throws -> Result {
        do {
            return try attempt(start, end, answers) { database in
                // Once: some file systems give a file another number at each look.
                if database.hasMoved { throw SetAside() }
                return try body(database)
            }
        } catch RegistryError.corrupt {
            database = try location.replace(now: now, tellWaiting, warn: warn)
        } catch let error where error is SetAside || (error is RegistryError && database.hasMoved) {
            database = try location.openOrReplace(now: now, tellWaiting, warn: warn)
        }
        return try attempt(start, end, answers, body)
    }

    /// Another process has set the file aside since it was opened: what is written to it now is lost.
    private struct SetAside: Error {}

    private func attempt<Result>(
        _ start: String, _ end: String, _ answers: Answers, _ body: (Database) throws -> Result
    ) throws -> Result {
        try database.begin(start)
        defer { database.changedFolders = [] }
        do {
            // A newer portrun may have brought it up to date since it was opened.
            try database.checkIsKnown()
            let result = try body(database)
            // Whatever the body made of it.
            if answers.isAsked { throw Unanswered() }
            try database.run(end)
            // Not sooner: who looks anew must find what has changed.
            if !database.changedFolders.isEmpty, end == "COMMIT" {
                lastWake = location.state.wakeHooks(ofCheckoutsIn: database.changedFolders)
            }
            return result
        } catch {
            // The first error is the one to tell; a rollback that fails is done by SQLite when the file is closed.
            try? database.run("ROLLBACK")
            throw answers.isAsked ? Unanswered() : error
        }
    }
}
