import PortrunBase

/// The registry at one moment, on one machine; it changes nothing.
///
/// Its methods stand in extensions, one for each topic. Whoever is handed one, and not a `Transaction`, has no way to
/// write.
package class Reader {
    final let database: Database
    package final let facts: SystemFacts

    final let answers: Answers

    init(database: Database, facts: SystemFacts, answers: Answers) {
        self.database = database
        self.facts = facts
        self.answers = answers
    }
}
