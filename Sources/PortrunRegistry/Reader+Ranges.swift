import PortrunBase

extension Reader {
    /// The range that a kind's ports are booked from.
    package func range(of kind: ServiceKind) throws(RegistryError) -> PortRange {
        let stored = try database.rows("SELECT first, last FROM ranges WHERE kind = ?1", .text(kind.rawValue)) { row in
            row.port(0).flatMap { first in row.port(1).flatMap { PortRange(first, $0) } }
        }
        return (stored.first ?? nil) ?? kind.defaultRange
    }
}
