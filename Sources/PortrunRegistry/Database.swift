import CSQLite
import PortrunBase

/// A connection to one SQLite file, with statements prepared once.
final class Database {
    let path: String
    let handle: OpaquePointer
    /// A dozen at most, so a list beats an array or a dictionary, whose generic types take time to set up.
    private var statements: CachedStatement?

    let patience: Patience
    /// True while a transaction begins.
    var mayQueue = false
    /// The place of one who has been waiting for a while.
    var queue: WriterQueue?
    /// Known once it was looked for.
    var writeLock: WriteLock?
    /// Has SQLite pause here, also where it asks nobody.
    private let fileSystem: UnsafeMutablePointer<portrun_file_system>?
    /// How often it has paused in one attempt to open the log.
    var pausesInOpening = 0

    /// The number of pages in the log after which the writer moves them into the file, and empties the log.
    ///
    /// The first process to open the file reads the whole log, so it is kept short. After SQLite's own checkpoint the
    /// next writer may begin the log anew, but a process in its first transaction does not know that. So a log that
    /// only processes of one transaction each write to would grow for ever.
    private static let checkpointPages: Int32 = 100

    var checkpointing = Checkpointing.now

    /// The folders of the checkouts whose bookings the transaction has changed so far; one may be there twice.
    var changedFolders: [String] = []

    /// Opens the file at `path`, which is there: one that SQLite makes could be in the way of one that is put there.
    ///
    /// - Parameters:
    ///   - name: the path that errors are about, where that is another one.
    ///   - longestWait: in milliseconds; nil for the usual time.
    ///   - warn: is told when another writer keeps this one waiting.
    init(
        path: String, named name: String? = nil, longestWait: Int64? = nil, warn: @escaping (Warning) -> Void = { _ in }
    ) throws(RegistryError) {
        let name = name ?? path
        let system = Self.makeFileSystem()
        let opened: OpaquePointer
        do {
            opened = try Self.open(path, at: name, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW, system)
        } catch {
            if let system { portrun_drop_file_system(system) }
            throw error
        }
        self.path = name
        handle = opened
        fileSystem = system
        patience = Patience(for: name, atMost: longestWait, warn: warn)
        fileSystem?.pointee.context = Unmanaged.passUnretained(self).toOpaque()
        waitForOthers()
        // Closing the last connection would move the log into the file, with four calls of fsync.
        _ = portrun_no_checkpoint_on_close(opened)
        sqlite3_wal_hook(
            opened,
            { context, _, _, pages in
                guard pages >= Database.checkpointPages, let context else { return SQLITE_OK }
                Unmanaged<Database>.fromOpaque(context).takeUnretainedValue().logIsLong()
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// What happens when the log has become long.
    enum Checkpointing {
        /// It is moved into the file at once.
        case now
        /// It is left for a moment at which nobody waits: true when it has become long meanwhile.
        case later(isDue: Bool)
    }

    /// Moves the log into the file at once from now on, and what was left until now.
    func checkpointNow() {
        defer { checkpointing = .now }
        if case .later(isDue: true) = checkpointing { checkpoint() }
    }

    private func logIsLong() {
        switch checkpointing {
        case .now: checkpoint()
        case .later: checkpointing = .later(isDue: true)
        }
    }

    private func checkpoint() {
        // Whoever is in the way may do it in turn: nobody is waited for.
        sqlite3_busy_handler(handle, nil, nil)
        sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        waitForOthers()
    }

    /// Opens the file at `path` to read it and to leave no trace.
    ///
    /// Even a reader makes files beside a database in WAL mode (sqlite.org/wal.html), unless it is told that nobody
    /// writes. That is so when there is no log.
    init(reading path: String) throws(RegistryError) {
        let isAlone = FileSystem.kind(of: path + "-wal") == nil
        let opened = try Self.open(
            "file:" + Self.escaped(path) + (isAlone ? "?immutable=1" : ""), at: path,
            SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nil)
        self.path = path
        handle = opened
        fileSystem = nil
        patience = Patience(for: path) { _ in }
        waitForOthers()
    }

    private static func open(
        _ name: String, at path: String, _ flags: Int32, _ system: UnsafeMutablePointer<portrun_file_system>?
    ) throws(RegistryError) -> OpaquePointer {
        var opened: OpaquePointer?
        let systemName = system == nil ? nil : portrun_name(system)
        let code = sqlite3_open_v2(
            name, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, systemName)
        guard code == SQLITE_OK, let opened else {
            let cause = sqlite3_system_errno(opened)
            sqlite3_close_v2(opened)
            // SQLITE_CANTOPEN_SYMLINK: there is a link in the path, which SQLite looks at name by name in any case.
            if code == SQLITE_CANTOPEN | 6 << 8 {
                let resolved: String
                do { resolved = try TrustedPath.resolved(name) } catch { throw .untrusted(error) }
                if resolved != name { return try open(resolved, at: path, flags, system) }
            }
            let text = cause == 0 ? String(cString: sqlite3_errstr(code)) : String(cString: strerror(cause))
            throw RegistryError(code: code, path: path, text: text)
        }
        return opened
    }

    /// A path as it stands in a URI (sqlite.org/uri.html).
    private static func escaped(_ path: String) -> String {
        var text = ""
        for character in path {
            switch character {
            case "%": text += "%25"
            case "?": text += "%3f"
            case "#": text += "%23"
            default: text.append(character)
            }
        }
        return text
    }

    deinit {
        statements = nil
        sqlite3_close_v2(handle)
        if let fileSystem { portrun_drop_file_system(fileSystem) }
    }

    /// A value that a column can hold.
    enum Value {
        case null
        case integer(Int64)
        case text(String)

        static func integer(_ number: Int) -> Value { .integer(Int64(number)) }
        static func text(orNull text: String?) -> Value { text.map { .text($0) } ?? .null }
        static func bits(orNull number: UInt64?) -> Value { number.map { .integer(Int64(bitPattern: $0)) } ?? .null }
        /// For `json_each`.
        static func list(_ numbers: [Int64]) -> Value {
            .text("[\(numbers.map(String.init).joined(separator: ","))]")
        }
        static func port(orNull port: Port?) -> Value { port.map { .integer(Int64($0.number)) } ?? .null }
    }

    /// Runs `sql` with `values` bound in order, and gives what `read` makes of every row.
    @discardableResult
    func rows<Result>(
        _ sql: String, _ values: Value..., read: (Row) throws(RegistryError) -> Result
    ) throws(RegistryError) -> [Result] {
        try rows(sql, values, read: read)
    }

    /// Likewise.
    func rows<Result>(
        _ sql: String, _ values: [Value], read: (Row) throws(RegistryError) -> Result
    ) throws(RegistryError) -> [Result] {
        var results: [Result] = []
        try step(sql, values) { (row) throws(RegistryError) in results.append(try read(row)) }
        return results
    }

    /// Runs `sql` likewise, and hands every row to `body`.
    func forEachRow(
        _ sql: String, _ values: Value..., body: (Row) throws(RegistryError) -> Void
    ) throws(RegistryError) {
        try step(sql, values, onRow: body)
    }

    /// Likewise, until `body` gives false.
    func forEachRow(
        _ sql: String, _ values: Value..., while body: (Row) throws(RegistryError) -> Bool
    ) throws(RegistryError) {
        try step(sql, values, while: body)
    }

    /// Runs `sql` for its effect.
    func run(_ sql: String, _ values: Value...) throws(RegistryError) {
        try step(sql, values) { _ in }
    }

    private func step(
        _ sql: String, _ values: [Value], onRow: (Row) throws(RegistryError) -> Void
    ) throws(RegistryError) {
        try step(sql, values) { (row) throws(RegistryError) in
            try onRow(row)
            return true
        }
    }

    private func step(
        _ sql: String, _ values: [Value], while body: (Row) throws(RegistryError) -> Bool
    ) throws(RegistryError) {
        let statement = try prepared(sql)
        defer {
            sqlite3_reset(statement)
            sqlite3_clear_bindings(statement)
        }
        for (index, value) in values.enumerated() { bind(value, at: Int32(index + 1), of: statement) }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: guard try body(Row(statement: statement)) else { return }
            case SQLITE_DONE: return
            case let code: throw error(code)
            }
        }
    }

    /// Runs several statements that take no values, such as a schema.
    func script(_ sql: String) throws(RegistryError) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw error(code) }
    }

    /// True when another file stands at the path by now, or none.
    var hasMoved: Bool {
        var hasMoved: CInt = 0
        sqlite3_file_control(handle, nil, SQLITE_FCNTL_HAS_MOVED, &hasMoved)
        return hasMoved != 0
    }

    /// How many rows the last statement that ran changed.
    var changes: Int32 { sqlite3_changes(handle) }

    /// The number of rows that this connection has written, deleted ones too; it only grows.
    var writtenRows: Int32 { sqlite3_total_changes(handle) }

    /// The number of the row inserted last.
    var lastInserted: Int64 { sqlite3_last_insert_rowid(handle) }

    /// The statement of `sql`, compiled at its first use.
    func prepared(_ sql: String) throws(RegistryError) -> OpaquePointer {
        var cached = statements
        while let entry = cached {
            if entry.sql == sql { return entry.statement }
            cached = entry.next
        }
        var statement: OpaquePointer?
        // Not as a persistent one, for which SQLite allocates each piece by itself.
        let code = sqlite3_prepare_v2(handle, sql, -1, &statement, nil)
        guard code == SQLITE_OK, let statement else {
            // What portrun asks fits its own tables.
            throw code == SQLITE_ERROR ? .foreign(path: path, reason: message) : error(code)
        }
        statements = CachedStatement(sql, statement, before: statements)
        return statement
    }

    private func bind(_ value: Value, at index: Int32, of statement: OpaquePointer) {
        switch value {
        case .null: sqlite3_bind_null(statement, index)
        case .integer(let number): sqlite3_bind_int64(statement, index, number)
        case .text(let text):
            // The second-last argument counts bytes; -1 as destructor (SQLITE_TRANSIENT) makes SQLite copy the text.
            sqlite3_bind_text(
                statement, index, text, Int32(text.utf8.count), unsafeBitCast(-1, to: sqlite3_destructor_type.self))
        }
    }

    private func error(_ code: Int32) -> RegistryError {
        // After many pauses in opening the log.
        if code & 0xFF == SQLITE_PROTOCOL { return patience.failure ?? patience.giveUp() }
        // SQLite does not say why it cannot open the log or its index.
        let cause = code & 0xFF == SQLITE_CANTOPEN ? sqlite3_system_errno(handle) : 0
        let error = RegistryError(
            code: code, path: path, text: cause == 0 ? message : String(cString: strerror(cause)))
        if case .busy = error, let failure = patience.failure { return failure }
        return error
    }

    private var message: String { String(cString: sqlite3_errmsg(handle)) }
}

/// A compiled statement in the list of its connection's.
private final class CachedStatement {
    let sql: String
    let statement: OpaquePointer
    let next: CachedStatement?

    init(_ sql: String, _ statement: OpaquePointer, before next: CachedStatement?) {
        self.sql = sql
        self.statement = statement
        self.next = next
    }

    deinit { sqlite3_finalize(statement) }
}
