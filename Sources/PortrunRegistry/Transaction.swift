import PortrunBase

/// The registry inside one write transaction. It reads and writes.
package final class Transaction: Reader {}
