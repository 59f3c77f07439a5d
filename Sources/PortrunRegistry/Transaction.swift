import PortrunBase

/// The registry inside one write transaction, on one machine at one moment.
package struct Transaction {
    let database: Database
    package let facts: SystemFacts
}
