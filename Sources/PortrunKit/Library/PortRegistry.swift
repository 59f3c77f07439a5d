import PortrunBase
import PortrunRegistry

/// The open registry of this machine: who has which port.
///
/// It is one SQLite file that every portrun of a user shares, whether it is a command line, this library or a daemon.
/// A value of this class may be used by any number of threads; each call is one transaction, and what a call changes
/// is changed whole or not at all. A call waits at least 10 seconds for other processes that are writing before it throws.
///
/// Nothing is read from the process that uses it: what a call needs to know of environment, folder and time comes with
/// the ``Checkout`` that it is given.
public final class PortRegistry: Sendable {
    let registry: Registry

    /// Opens the registry that a checkout belongs to, or makes it.
    ///
    /// A file that is damaged is set aside under a dated name, and a new one is made.
    ///
    /// - Parameters:
    ///   - checkout: says where the registry is.
    ///   - warn: is told when a damaged file was set aside, and when another process keeps a call waiting for more than a
    ///     second: a lower-case clause without a final period. It runs on the thread of that call, and may not use the
    ///     registry.
    /// - Throws: ``PortrunError`` of the kind ``PortrunError/Kind/registry``.
    public init(of checkout: Checkout, warn: @escaping @Sendable (String) -> Void = { _ in }) throws(PortrunError) {
        registry = try PortrunError.wrapping {
            try Registry(at: checkout.location, now: checkout.system.now) { warn($0.text) }
        }
    }
}
