import PortrunBase

extension Shape {
    /// Who has a port, as `check --json` prints it.
    package static let portReport = object([
        ("port", number), ("free", flag), ("bookings", bookings),
        (
            "containers",
            array(
                object([("name", text), ("project", textOrNull), ("service", textOrNull), ("protocol", text)]))
        ),
        (
            "listeners",
            array(
                object([
                    ("protocol", text), ("address", textOrNull), ("pid", numberOrNull), ("command", textOrNull),
                    ("user", textOrNull),
                ]))
        ),
    ])

    /// What was dropped, as `gc --json` prints it.
    package static let collection = object([
        ("leases", array(object([("pid", number), ("command", text)]))), ("bookings", array(dropped([]))),
        ("kept", array(dropped([("container", text)]))), ("files", array(object([("path", text), ("reason", text)]))),
        ("networks", texts),
    ])

    private static func dropped(_ others: [(key: String, value: JSONValue)]) -> JSONValue {
        object(
            [("label", text), ("service", text), ("port", number), ("protocol", text), ("reason", text)] + others)
    }
}
