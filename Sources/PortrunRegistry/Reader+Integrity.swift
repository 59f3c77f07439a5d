import PortrunBase

extension Reader {
    /// The faults that SQLite finds in the file, and impossible bookings: without a context, or with ports that another
    /// one has.
    package func integrityProblems() throws(RegistryError) -> [String] {
        var problems = try database.rows("PRAGMA integrity_check(10)") { $0.text(0) }.filter { $0 != "ok" }
        problems += try database.rows(
            "SELECT service, port FROM bookings WHERE context NOT IN (SELECT id FROM contexts)"
        ) { "the booking of `\($0.text(0))` on \($0.text(1)) belongs to no context" }
        problems += try database.rows(
            """
            SELECT first.port, second.port FROM bookings AS first JOIN bookings AS second
            ON first.network = second.network AND first.protocol = second.protocol
                AND second.port > first.port AND second.port < first.port + first.count
            """
        ) { "the bookings of \($0.text(0)) and \($0.text(1)) overlap" }
        return problems
    }
}
