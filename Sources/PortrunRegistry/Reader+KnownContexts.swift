import PortrunBase

/// A context that the registry knows, as `portrun context` tells of it.
package struct KnownContext: Sendable {
    package let hash: String
    package let label: String
    package let path: String
    package let remote: String?
    package let branch: String?
    package let app: String
    package let instance: String
    /// Seconds since 1970.
    package let lastUsed: Int64
}

extension Reader {
    /// All contexts, ordered by label.
    package func knownContexts() throws(RegistryError) -> [KnownContext] {
        try database.rows(
            "SELECT hash, label, path, remote, branch, app, instance, last_used FROM contexts ORDER BY label, id"
        ) { row in
            KnownContext(
                hash: row.text(0), label: row.text(1), path: row.text(2), remote: row.textOrNull(3),
                branch: row.textOrNull(4), app: row.text(5), instance: row.text(6), lastUsed: row.time(7))
        }
    }
}
