import PortrunBase

extension RegistryLocation {
    /// Opens the file, or a new one in the place of a damaged one.
    ///
    /// - Parameters:
    ///   - now: in seconds since 1970, for the name of what is set aside.
    ///   - tellWaiting: is told when somebody else keeps this process waiting.
    ///   - warn: is told that a file was set aside.
    func openOrReplace(
        now: Int64, _ tellWaiting: @escaping (Warning) -> Void, warn: (Warning) -> Void
    ) throws(RegistryError) -> Database {
        do {
            return try open(tellWaiting)
        } catch .failed {
            // The file was set aside while it was opened, say, and the log beside it is another's.
            return try open(tellWaiting)
        } catch .corrupt {
            return try replace(now: now, tellWaiting, warn: warn)
        }
    }

    /// A new registry in the place of a damaged one.
    func replace(
        now: Int64, _ tellWaiting: @escaping (Warning) -> Void, warn: (Warning) -> Void
    ) throws(RegistryError) -> Database {
        guard isOurs else { throw .foreign(path: path, reason: "it does not begin as a database does") }
        if let aside = try setAside(now: now, tellWaiting) {
            warn(Warning("the registry `\(path)` was corrupt: set aside as `\(aside)`, a new one made"))
        }
        return try open(tellWaiting)
    }

    /// False for a file that the user has named, and that looks like something else than a damaged registry.
    private var isOurs: Bool {
        let start = (try? FileSystem.read(file, limit: 1 << 20))?.prefix(16) ?? []
        return path.hasSuffix(".sqlite") || start.elementsEqual("SQLite format 3\0".utf8)
    }

    /// Renames the file and what belongs to it; nil when another process has done so already.
    private func setAside(
        now: Int64, _ warn: @escaping (Warning) -> Void
    ) throws(RegistryError) -> String? {
        let lock = try Lock(beside: path, longestWait, warn)
        defer { lock.release() }
        var damaged: Database?
        do {
            let database = try open(warn, isLocked: true)
            damaged = database
            // Whoever waits to write sees afterwards that the file has moved.
            try database.run("BEGIN IMMEDIATE")
            if try database.rows("PRAGMA integrity_check(1)", read: { $0.text(0) }) == ["ok"] { return nil }
        } catch .corrupt {
            // As expected.
        }
        defer { withExtendedLifetime(damaged) {} }
        let file = file
        let dated = "\(file).corrupt-\(now)"
        var aside = dated
        var number = 1
        while FileSystem.kind(of: aside) != nil {
            number += 1
            aside = "\(dated)-\(number)"
        }
        for suffix in ["", "-wal", "-shm"] where rename(file + suffix, aside + suffix) != 0 && errno != ENOENT {
            let reason = "it is corrupt, and cannot be set aside: \(String(cString: strerror(errno)))"
            throw .unusable(path: path, reason: reason)
        }
        return aside
    }
}
