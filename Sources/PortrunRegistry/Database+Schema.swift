import PortrunBase

extension Database {
    /// 0 for a file without tables.
    func schemaVersion() throws(RegistryError) -> Int {
        Int(try rows("PRAGMA user_version") { $0.integer(0) }.first ?? 0)
    }

    /// - Throws: `RegistryError.newer` for the schema of a newer portrun.
    func checkIsKnown() throws(RegistryError) {
        let version = try schemaVersion()
        guard version <= Schema.version else { throw .newer(path: path, version: version, known: Schema.version) }
    }

    /// Throws when the tables are not those of a registry, before anything is changed in it.
    func checkTables() throws(RegistryError) {
        let version = try schemaVersion()
        let tables = try rows("SELECT name FROM sqlite_master WHERE type = 'table'") { $0.text(0) }
        let missing = ["contexts", "bookings", "leases", "ranges"].filter { !tables.contains($0) }
        if version < 0 { throw .foreign(path: path, reason: "its `user_version` is \(version)") }
        if version == 0, let table = tables.first {
            throw .foreign(path: path, reason: "it has a table `\(table)`, and no version")
        }
        if version > 0, let table = missing.first {
            throw .foreign(path: path, reason: "it has no table `\(table)`")
        }
    }

    /// Makes the tables, or brings them up to date.
    func fill(in folder: String) throws(RegistryError) {
        let isShared = NetworkFileSystem.holds(folder)
        // Small pages: a launch changes a few rows in each of several tables. Only an empty file takes the size.
        try script("PRAGMA page_size = 1024; PRAGMA journal_mode = \(isShared ? "DELETE" : "WAL")")
        try run("BEGIN IMMEDIATE")
        do {
            let version = try schemaVersion()
            for migration in Schema.migrations.dropFirst(version) { try script(migration) }
            try script("PRAGMA user_version = \(max(version, Schema.version))")
            try run("COMMIT")
        } catch {
            try? run("ROLLBACK")
            throw error
        }
    }
}
