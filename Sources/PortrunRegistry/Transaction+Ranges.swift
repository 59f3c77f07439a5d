import PortrunBase

extension Transaction {
    /// Changes the range of a kind for bookings to come; nil brings the default back.
    package func setRange(of kind: ServiceKind, to range: PortRange?) throws(RegistryError) {
        guard let range else {
            return try database.run("DELETE FROM ranges WHERE kind = ?1", .text(kind.rawValue))
        }
        try database.run(
            "INSERT OR REPLACE INTO ranges (kind, first, last) VALUES (?1, ?2, ?3)", .text(kind.rawValue),
            .integer(Int(range.first.number)), .integer(Int(range.last.number)))
    }
}
