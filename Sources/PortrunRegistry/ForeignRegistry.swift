import CSQLite
import PortrunBase

/// The registry of another tool, which is only read.
package struct ForeignRegistry {
    /// The tools whose registries are known.
    package enum Tool: String, Sendable, CaseIterable {
        case portman
        case portRegistry = "port-registry"
    }

    /// A row of its table, not checked in any way.
    package struct Row: Sendable {
        /// The tool's number of it.
        package let number: Int
        package let owner: Owner
        package let service: String
        package let port: String
        package let target: Port?
        package let variable: String?
    }

    /// Whose the port is.
    package enum Owner: Sendable {
        /// A checkout: 12 hexadecimal digits of an MD5, the path and `repository/branch`.
        case checkout(hash: String, path: String, label: String)
        case named(app: String, instance: String)
    }

    package let rows: [Row]

    /// Reads the file of `tool` at `path`.
    package init(_ tool: Tool, at path: String) throws(RegistryError) {
        let database = try Database(reading: path)
        switch tool {
        case .portman:
            rows = try database.rows(
                """
                SELECT id, service, port, container_port, env_var, context_hash, context_path, context_label
                FROM allocations ORDER BY id
                """
            ) { row in
                Row(
                    number: Int(row.integer(0)),
                    owner: .checkout(hash: row.text(5), path: row.text(6), label: row.text(7)),
                    service: row.text(1), port: row.text(2), target: row.port(3), variable: row.textOrNull(4))
            }
        case .portRegistry:
            rows = try database.rows("SELECT id, service, port, app, instance FROM allocations ORDER BY id") { row in
                Row(
                    number: Int(row.integer(0)), owner: .named(app: row.text(3), instance: row.text(4)),
                    service: row.text(1), port: row.text(2), target: nil, variable: nil)
            }
        }
    }
}
