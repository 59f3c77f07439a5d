/// The registry inside one write transaction: what is read, and what is changed for it, belong together.
package final class Transaction: Reader {}
