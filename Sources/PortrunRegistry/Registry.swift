import CSQLite
import PortrunBase

/// The machine's contexts, bookings and leases, in one SQLite file.
///
/// Whatever is changed is read and changed inside `write`: one transaction that holds the write lock from its start, so
/// that nothing is decided on what another process is about to change. Who only looks does so inside `read`.
package final class Registry {
    private var database: Database
    private let location: RegistryLocation
    private let now: Int64
    private let warn: (Warning) -> Void
    /// Is told that another writer keeps this one waiting.
    private let tellWaiting: (Warning) -> Void

    /// Opens the registry, or makes it. Safe under any number of first users at once.
    ///
    /// A file that is not a database, or a damaged one, is set aside whole under a dated name and replaced, now or
    /// when a transaction comes upon the damage.
    /// - Parameters:
    ///   - isQuiet: wait for another writer without a word.
    ///   - warn: is told when that happened, and when another writer keeps this one waiting.
    package init(
        at location: RegistryLocation, now: Int64, isQuiet: Bool = false, warn: @escaping (Warning) -> Void
    ) throws(RegistryError) {
        self.location = location
        self.now = now
        self.warn = warn
        tellWaiting = isQuiet ? { _ in } : warn
        database = try Self.openOrReplace(location, now: now, tellWaiting, warn: warn)
    }

    /// Makes every use of registries in this process cheaper; to be called before the first one is opened, by a process
    /// that has no second thread.
    package static func expectOneThread() {
        // It fails only when it is called too late, and then changes nothing.
        _ = portrun_expect_one_thread()
    }

    /// Runs `body` in one write transaction; anything that it throws undoes all of it.
    ///
    /// Where the file turns out to be damaged, or to be set aside by now, `body` runs a second time, on a new registry.
    ///
    /// - Parameter isDryRun: undo everything in the end, to see only what would happen.
    /// - Throws: what `body` throws, or `RegistryError`.
    package func write<Result>(
        on facts: SystemFacts, isDryRun: Bool = false, _ body: (Transaction) throws -> Result
    ) throws -> Result {
        try transact(on: facts, "BEGIN IMMEDIATE", isDryRun ? "ROLLBACK" : "COMMIT", body)
    }

    /// Readies the end of a lease while there is nothing else to do.
    package func prepareEnd() {
        // `Transaction.end` meets the same error, and reports it.
        _ = try? database.prepared(Lease.deletion)
    }

    /// Runs `body` on what the registry holds at one moment. It has to change nothing; writers neither wait for it nor
    /// hold it up.
    ///
    /// - Throws: what `body` throws, or `RegistryError`.
    package func read<Result>(on facts: SystemFacts, _ body: (Transaction) throws -> Result) throws -> Result {
        try transact(on: facts, "BEGIN", "ROLLBACK", body)
    }

    /// Reaps the leases whose time has come, for a reader who is about to look.
    ///
    /// Where that cannot be done at once it is left to the next writer: reading never waits, nor fails for it.
    package func reapExpired(on facts: SystemFacts) {
        guard (try? attempt(facts, "BEGIN", "ROLLBACK", { try $0.expiredLeases().isEmpty })) == false else { return }
        database.withoutPatience {
            _ = try? attempt(facts, "BEGIN IMMEDIATE", "COMMIT") { try $0.end(try $0.expiredLeases()) }
        }
    }

    private func transact<Result>(
        on facts: SystemFacts, _ start: String, _ end: String, _ body: (Transaction) throws -> Result
    ) throws -> Result {
        do {
            return try attempt(facts, start, end) { transaction in
                // Once: some file systems give a file another number at each look.
                if database.hasMoved { throw SetAside() }
                return try body(transaction)
            }
        } catch RegistryError.corrupt {
            database = try Self.replace(location, now: now, tellWaiting, warn: warn)
        } catch let error where error is SetAside || (error is RegistryError && database.hasMoved) {
            database = try Self.openOrReplace(location, now: now, tellWaiting, warn: warn)
        }
        return try attempt(facts, start, end, body)
    }

    /// Another process has set the file aside since it was opened: what is written to it now is lost.
    private struct SetAside: Error {}

    private func attempt<Result>(
        _ facts: SystemFacts, _ start: String, _ end: String, _ body: (Transaction) throws -> Result
    ) throws -> Result {
        try database.run(start)
        do {
            let result = try body(Transaction(database: database, facts: facts))
            try database.run(end)
            return result
        } catch {
            // The first error is the one to tell; a rollback that fails is done by SQLite when the file is closed.
            try? database.run("ROLLBACK")
            throw error
        }
    }

    private static func openOrReplace(
        _ location: RegistryLocation, now: Int64, _ tellWaiting: @escaping (Warning) -> Void, warn: (Warning) -> Void
    ) throws(RegistryError) -> Database {
        do {
            return try open(location, tellWaiting)
        } catch .failed {
            // The file was set aside while it was opened, say, and the log beside it is another's.
            return try open(location, tellWaiting)
        } catch .corrupt {
            return try replace(location, now: now, tellWaiting, warn: warn)
        }
    }

    /// - Parameters:
    ///   - isLocked: the caller has the lock beside the file.
    ///   - isSecond: another file stood in its place at first.
    private static func open(
        _ location: RegistryLocation, _ warn: @escaping (Warning) -> Void, isLocked: Bool = false,
        isSecond: Bool = false
    ) throws(RegistryError) -> Database {
        if try isMissing(location) {
            try makeFolder(location.folder)
            // Not while somebody sets a damaged file aside: the log that is there yet belongs to that.
            let lock = isLocked ? nil : try Lock(beside: location.path, warn)
            defer { lock?.release() }
            if try isMissing(location) {
                // SQLite would drop the log, which may hold everything.
                guard !hasLog(location) else { throw .corrupt(path: location.path) }
                try make(location, warn)
            }
        }
        do {
            let database = try Database(path: location.path, warn: warn)
            try database.script("PRAGMA synchronous = NORMAL")
            if try migrate(database, location, warn, isLocked: isLocked, isSecond: isSecond) { return database }
        } catch .unusable(let path, let reason) {
            guard try isMissing(location) else { throw .unusable(path: path, reason: reason) }
            // It was set aside after it was looked at.
        }
        return try open(location, warn, isLocked: isLocked, isSecond: true)
    }

    /// True when there is no file, or an empty one.
    private static func isMissing(_ location: RegistryLocation) throws(RegistryError) -> Bool {
        var status = stat()
        guard stat(location.path, &status) == 0 else {
            if errno == ENOENT { return true }
            throw .unusable(path: location.path, reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .unusable(path: location.path, reason: "not a regular file")
        }
        return status.st_size == 0
    }

    private static func hasLog(_ location: RegistryLocation) -> Bool {
        var status = stat()
        return stat(location.file + "-wal", &status) == 0 && status.st_size > 0
    }

    /// Brings the schema to the version that this portrun knows; a current file costs one read.
    ///
    /// - Returns: false when another file stands in its place by now.
    private static func migrate(
        _ database: Database, _ location: RegistryLocation, _ warn: @escaping (Warning) -> Void, isLocked: Bool,
        isSecond: Bool
    ) throws(RegistryError) -> Bool {
        let known = Schema.version
        let version = try Self.version(of: database)
        guard version != known else { return true }
        guard version < known else { throw .newer(path: location.path, version: version, known: known) }
        // Two connections that both ask for WAL can answer «busy» without waiting, so the first use takes turns.
        let lock = isLocked ? nil : try Lock(beside: location.path, warn)
        defer { lock?.release() }
        if !isSecond, database.hasMoved { return false }
        try checkTables(of: database, location)
        try fill(database, in: location.folder)
        return true
    }

    /// Makes the tables, or brings them up to date.
    static func fill(_ database: Database, in folder: String) throws(RegistryError) {
        let isShared = NetworkFileSystem.holds(folder)
        // Small pages: a launch changes a few rows in each of several tables. Only an empty file takes the size.
        try database.script("PRAGMA page_size = 1024; PRAGMA journal_mode = \(isShared ? "DELETE" : "WAL")")
        try database.run("BEGIN IMMEDIATE")
        do {
            let version = try Self.version(of: database)
            for migration in Schema.migrations.dropFirst(version) { try database.script(migration) }
            try database.script("PRAGMA user_version = \(max(version, Schema.version))")
            try database.run("COMMIT")
        } catch {
            try? database.run("ROLLBACK")
            throw error
        }
    }

    /// Throws when the tables are not those of a registry, before anything is changed in it.
    private static func checkTables(of database: Database, _ location: RegistryLocation) throws(RegistryError) {
        let version = try version(of: database)
        let tables = try database.rows("SELECT name FROM sqlite_master WHERE type = 'table'") { $0.text(0) }
        let missing = ["contexts", "bookings", "leases", "ranges"].filter { !tables.contains($0) }
        if version < 0 { throw .foreign(path: location.path, reason: "its `user_version` is \(version)") }
        if version == 0, let table = tables.first {
            throw .foreign(path: location.path, reason: "it has a table `\(table)`, and no version")
        }
        if version > 0, let table = missing.first {
            throw .foreign(path: location.path, reason: "it has no table `\(table)`")
        }
    }

    private static func version(of database: Database) throws(RegistryError) -> Int {
        Int(try database.rows("PRAGMA user_version") { $0.integer(0) }.first ?? 0)
    }

    /// A new registry in the place of a damaged one.
    private static func replace(
        _ location: RegistryLocation, now: Int64, _ tellWaiting: @escaping (Warning) -> Void,
        warn: (Warning) -> Void
    ) throws(RegistryError) -> Database {
        if let aside = try setAside(location, now: now, tellWaiting) {
            warn(
                Warning(
                    "the registry `\(location.path)` was corrupt: set aside as `\(aside)`, a new one made"))
        }
        return try open(location, tellWaiting)
    }

    /// Renames the file and what belongs to it; nil when another process has done so already.
    private static func setAside(
        _ location: RegistryLocation, now: Int64, _ warn: @escaping (Warning) -> Void
    ) throws(RegistryError) -> String? {
        let lock = try Lock(beside: location.path, warn)
        defer { lock.release() }
        var damaged: Database?
        do {
            let database = try Self.open(location, warn, isLocked: true)
            damaged = database
            // Whoever waits to write sees afterwards that the file has moved.
            try database.run("BEGIN IMMEDIATE")
            if try database.rows("PRAGMA integrity_check(1)", read: { $0.text(0) }) == ["ok"] { return nil }
        } catch .corrupt {
            // As expected.
        }
        defer { withExtendedLifetime(damaged) {} }
        let file = location.file
        let dated = "\(file).corrupt-\(now)"
        var aside = dated
        var number = 1
        while FileSystem.kind(of: aside) != nil {
            number += 1
            aside = "\(dated)-\(number)"
        }
        for suffix in ["", "-wal", "-shm"] where rename(file + suffix, aside + suffix) != 0 && errno != ENOENT {
            let reason = "it is corrupt, and cannot be set aside: \(String(cString: strerror(errno)))"
            throw .unusable(path: location.path, reason: reason)
        }
        return aside
    }
}
