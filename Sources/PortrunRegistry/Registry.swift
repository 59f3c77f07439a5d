import CSQLite
import PortrunCore

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
        do {
            database = try Self.open(location, tellWaiting)
        } catch .corrupt {
            database = try Self.replace(location, now: now, tellWaiting, warn: warn)
        }
    }

    /// Makes every use of registries in this process cheaper; to be called before the first one is opened, by a process
    /// that has no second thread.
    package static func expectOneThread() {
        // It can only fail for being called too late, and then all is as it was.
        _ = portrun_expect_one_thread()
    }

    /// Runs `body` in one write transaction; anything that it throws undoes all of it.
    ///
    /// Where the file turns out to be damaged, `body` runs a second time, on a new registry.
    ///
    /// - Parameter isDryRun: undo everything in the end, to see only what would happen.
    /// - Throws: what `body` throws, or `RegistryError`.
    package func write<Result>(
        on machine: Machine, isDryRun: Bool = false, _ body: (Transaction) throws -> Result
    ) throws -> Result {
        try transact(on: machine, "BEGIN IMMEDIATE", isDryRun ? "ROLLBACK" : "COMMIT", body)
    }

    /// Readies the end of a lease while there is nothing else to do.
    package func prepareEnd() {
        // Whatever is wrong, `Transaction.end` comes upon it too, and tells.
        _ = try? database.prepared(Lease.deletion)
    }

    /// Runs `body` on what the registry holds at one moment. It has to change nothing; writers neither wait for it nor
    /// hold it up.
    ///
    /// - Throws: what `body` throws, or `RegistryError`.
    package func read<Result>(on machine: Machine, _ body: (Transaction) throws -> Result) throws -> Result {
        try transact(on: machine, "BEGIN", "ROLLBACK", body)
    }

    /// Reaps the leases whose time has come, for a reader who is about to look.
    ///
    /// Where that cannot be done at once it is left to the next writer: reading never waits, nor fails for it.
    package func reapExpired(on machine: Machine) {
        guard (try? attempt(machine, "BEGIN", "ROLLBACK", { try $0.expiredLeases().isEmpty })) == false else { return }
        database.withoutPatience {
            _ = try? attempt(machine, "BEGIN IMMEDIATE", "COMMIT") { try $0.end(try $0.expiredLeases()) }
        }
    }

    private func transact<Result>(
        on machine: Machine, _ start: String, _ end: String, _ body: (Transaction) throws -> Result
    ) throws -> Result {
        do {
            return try attempt(machine, start, end, body)
        } catch RegistryError.corrupt {
            database = try Self.replace(location, now: now, tellWaiting, warn: warn)
            return try attempt(machine, start, end, body)
        }
    }

    private func attempt<Result>(
        _ machine: Machine, _ start: String, _ end: String, _ body: (Transaction) throws -> Result
    ) throws -> Result {
        try database.run(start)
        do {
            let result = try body(Transaction(database: database, machine: machine))
            try database.run(end)
            return result
        } catch {
            // The first error is the one to tell; a rollback that fails is done by SQLite when the file is closed.
            try? database.run("ROLLBACK")
            throw error
        }
    }

    /// - Parameter isLocked: the caller has the lock beside the file.
    private static func open(
        _ location: RegistryLocation, _ warn: @escaping (Warning) -> Void, isLocked: Bool = false
    ) throws(RegistryError) -> Database {
        var status = stat()
        if stat(location.path, &status) != 0 {
            guard errno == ENOENT else {
                throw .unusable(path: location.path, reason: String(cString: strerror(errno)))
            }
            try makeFolder(location.folder)
            // Not while somebody sets a damaged file aside: the log that is there yet belongs to that.
            let lock = isLocked ? nil : try Lock(beside: location.path, warn)
            defer { lock?.release() }
            if stat(location.path, &status) != 0 {
                guard !hasLog(location) else { throw .corrupt(path: location.path) }
                try makeFile(location.path)
            }
        } else if status.st_mode & S_IFMT != S_IFREG {
            throw .unusable(path: location.path, reason: "not a regular file")
        } else if status.st_size == 0, hasLog(location) {
            // SQLite would drop the log, which may hold everything.
            throw .corrupt(path: location.path)
        }
        let database = try Database(path: location.path, warn: warn)
        try database.script("PRAGMA synchronous = NORMAL")
        try migrate(database, location, warn, isLocked: isLocked)
        return database
    }

    private static func hasLog(_ location: RegistryLocation) -> Bool {
        var status = stat()
        return stat(location.path + "-wal", &status) == 0 && status.st_size > 0
    }

    /// Brings the schema to the version that this portrun knows; a current file costs one read.
    private static func migrate(
        _ database: Database, _ location: RegistryLocation, _ warn: @escaping (Warning) -> Void, isLocked: Bool
    ) throws(RegistryError) {
        let known = Schema.version
        var version = try Self.version(of: database)
        guard version != known else { return }
        guard version < known else { throw .newer(path: location.path, version: version, known: known) }
        // Two connections that both ask for WAL can answer «busy» without waiting, so the first use takes turns.
        let lock = isLocked ? nil : try Lock(beside: location.path, warn)
        defer { lock?.release() }
        try checkTables(of: database, location)
        let isShared = NetworkFileSystem.holds(location.folder)
        // Small pages: a launch changes a few rows in each of several tables. Only an empty file takes the size.
        try database.script("PRAGMA page_size = 1024; PRAGMA journal_mode = \(isShared ? "DELETE" : "WAL")")
        try database.run("BEGIN IMMEDIATE")
        do {
            version = try Self.version(of: database)
            for migration in Schema.migrations.dropFirst(version) { try database.script(migration) }
            try database.script("PRAGMA user_version = \(max(version, known))")
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

    /// Makes `path` and the folders above it, the last one for this user alone.
    private static func makeFolder(_ path: String) throws(RegistryError) {
        if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, path != "/" else { throw .folder(path: path, code: errno) }
        try makeFolder(Path.parent(path))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw .folder(path: path, code: errno) }
    }

    /// SQLite would give the file the umask's mode; its log and index take the file's own.
    private static func makeFile(_ path: String) throws(RegistryError) {
        let descriptor = PortrunCore.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == ENOSPC || errno == EDQUOT
                ? .full(path: path) : .unusable(path: path, reason: String(cString: strerror(errno)))
        }
        close(descriptor)
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
        do {
            let state = try Self.open(location, warn, isLocked: true).rows("PRAGMA integrity_check(1)") { $0.text(0) }
            if state == ["ok"] { return nil }
        } catch .corrupt {
            // As expected.
        }
        let dated = "\(location.path).corrupt-\(now)"
        var aside = dated
        var number = 1
        while FileSystem.kind(of: aside) != nil {
            number += 1
            aside = "\(dated)-\(number)"
        }
        for suffix in ["", "-wal", "-shm"] where rename(location.path + suffix, aside + suffix) != 0 && errno != ENOENT
        {
            let reason = "it is corrupt, and cannot be set aside: \(String(cString: strerror(errno)))"
            throw .unusable(path: location.path, reason: reason)
        }
        return aside
    }
}
