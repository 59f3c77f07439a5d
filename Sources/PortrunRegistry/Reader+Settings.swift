import PortrunBase

/// What holds for the whole machine.
package enum Setting: String, Sendable {
    /// When commands get a localhost of their own; set by the user.
    case translate
}

extension Reader {
    /// The value of a setting; nil where there is none.
    package func value(of setting: Setting) throws(RegistryError) -> String? {
        try database.rows("SELECT value FROM settings WHERE name = ?1", .text(setting.rawValue)) { $0.text(0) }.first
    }
}

extension Transaction {
    /// Sets a value; nil takes it back.
    package func set(_ setting: Setting, to value: String?) throws(RegistryError) {
        guard let value else {
            return try database.run("DELETE FROM settings WHERE name = ?1", .text(setting.rawValue))
        }
        try database.run(
            "INSERT OR REPLACE INTO settings (name, value) VALUES (?1, ?2)", .text(setting.rawValue), .text(value))
    }
}
