import PortrunBase

extension RegistryLocation {
    /// Opens the file, after it is made where it is missing and brought up to date, unless another user may change it.
    ///
    /// - Parameters:
    ///   - isLocked: the caller has the lock beside the file.
    ///   - isSecond: another file stood in its place at first.
    func open(
        _ warn: @escaping (Warning) -> Void, isLocked: Bool = false, isSecond: Bool = false
    ) throws(RegistryError) -> Database {
        if let problem = state.problem { throw .untrusted(problem) }
        if try isMissing() {
            // Who opens the file finds such links by itself.
            do { _ = try TrustedPath.resolved(path) } catch { throw .untrusted(error) }
            try makeFolder(folder)
            var status = stat()
            if stat(folder, &status) == 0 { try checkCompanions(of: status) }
            // Not while somebody sets a damaged file aside: the log that is there yet belongs to that.
            let lock = isLocked ? nil : try Lock(beside: path, longestWait, warn)
            defer { lock?.release() }
            if try isMissing() {
                // SQLite would drop the log, which may hold everything.
                guard !hasLog else { throw .corrupt(path: path) }
                try make(warn)
            }
        }
        do {
            let isKept = keepLogIndex()
            let database = try Database(path: path, longestWait: longestWait, warn: warn)
            try database.script("PRAGMA synchronous = NORMAL")
            if try migrate(database, warn, isLocked: isLocked, isSecond: isSecond) {
                if !isKept { noteLogIndex() }
                return database
            }
        } catch .unusable(let path, let reason) {
            guard try isMissing() else { throw .unusable(path: path, reason: reason) }
            // Set aside since it was looked at.
        }
        return try open(warn, isLocked: isLocked, isSecond: true)
    }

    /// True when there is no file, or an empty one.
    private func isMissing() throws(RegistryError) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return true }
            throw .unusable(path: path, reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw .unusable(path: path, reason: "not a regular file")
        }
        if let problem = problem(of: status) { throw .untrusted(problem) }
        try checkCompanions(of: status)
        return status.st_size == 0
    }

    /// Throws when SQLite would be led by a file beside that of the user with `status`, for whom root works, to another.
    private func checkCompanions(of status: stat) throws(RegistryError) {
        guard geteuid() == 0, status.st_uid != 0 else { return }
        for suffix in ["-wal", "-shm", "-journal"] {
            if let problem = Trust.problem(ofCompanion: file + suffix, of: status) { throw .untrusted(problem) }
        }
    }

    #if os(Linux)
        private func keepLogIndex() -> Bool { boot.map { LogIndex(of: file, boot: $0).keep() } ?? true }
        private func noteLogIndex() { boot.map { LogIndex(of: file, boot: $0).note() } }
    #else
        /// There are no locks of open files.
        private func keepLogIndex() -> Bool { true }
        private func noteLogIndex() {}
    #endif

    private var hasLog: Bool {
        var status = stat()
        return stat(file + "-wal", &status) == 0 && status.st_size > 0
    }

    /// Brings the schema to the version that this portrun knows; a current file costs one read.
    ///
    /// - Returns: false when another file stands in its place by now.
    private func migrate(
        _ database: Database, _ warn: @escaping (Warning) -> Void, isLocked: Bool, isSecond: Bool
    ) throws(RegistryError) -> Bool {
        try database.checkIsKnown()
        guard try database.schemaVersion() != Schema.version else { return true }
        // Two connections that both ask for WAL can answer «busy» without waiting, so the first use takes turns.
        let lock = isLocked ? nil : try Lock(beside: path, longestWait, warn)
        defer { lock?.release() }
        if !isSecond, database.hasMoved { return false }
        try database.checkTables()
        try database.fill(in: folder)
        return true
    }
}
