import PortrunBase

/// The registry at one moment, on one machine; it changes nothing.
///
/// Its methods stand in extensions, one for each topic. None of them writes; those of `Transaction` do.
package class Reader {
    final let database: Database
    package final let facts: SystemFacts

    final let answers: Answers
    /// How many ports were probed.
    final var probes = 0

    /// The bookings of the context that was asked for last, while nothing is written.
    final var lastBookings: LastBookings?

    init(database: Database, facts: SystemFacts, answers: Answers) {
        self.database = database
        self.facts = facts
        self.answers = answers
    }
}
