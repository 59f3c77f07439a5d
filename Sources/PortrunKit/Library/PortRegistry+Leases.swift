import PortrunBase
import PortrunRegistry

/// A live holder of bookings: while it lasts, nobody else is given their ports, and they are not released.
///
/// It ends with ``PortRegistry/end(_:of:)``, and with its process, by whatever death.
public struct PortLease: Sendable, Equatable {
    let lease: Lease

    /// The process that holds the bookings.
    public var pid: Int32 { lease.holder.pid }
}

extension PortRegistry {
    /// Lets a process hold bookings until it ends.
    ///
    /// The process is known by its pid, its start time, the boot and its pid namespace, so that another one which gets
    /// the same pid later holds nothing.
    ///
    /// - Parameters:
    ///   - bookings: what ``book(_:for:)`` gave; one that has been released since is left out.
    ///   - pid: a living process of this pid namespace.
    ///   - command: what it is, for people who look at `portrun status`; control characters are not shown.
    ///   - checkout: says when.
    /// - Throws: ``PortrunError`` of the kinds ``PortrunError/Kind/argument`` when there is no such process, and
    ///   ``PortrunError/Kind/registry``.
    public func lease(
        _ bookings: [BookedPort], to pid: Int32, command: String, of checkout: Checkout
    ) throws(PortrunError) -> PortLease {
        try PortrunError.wrapping {
            guard pid > 0, case .present = ProcessSighting.of(pid) else {
                throw PortrunError(argument: "there is no process \(pid)")
            }
            let holder = Holder.of(pid: pid, seenBy: checkout.process)
            let lease = try checkout.change(registry) { transaction, _ in
                let known = try transaction.status(of: bookings.map(\.status.booking)).map(\.booking)
                return try transaction.lease(known, to: holder, command: command, isEphemeral: false)
            }
            return PortLease(lease: lease)
        }
    }

    /// Ends a lease. One that has ended by itself is left alone.
    ///
    /// - Parameters:
    ///   - lease: what ``lease(_:to:command:of:)`` gave.
    ///   - checkout: says when.
    /// - Throws: ``PortrunError`` of the kind ``PortrunError/Kind/registry``.
    public func end(_ lease: PortLease, of checkout: Checkout) throws(PortrunError) {
        try PortrunError.wrapping {
            try registry.write(on: checkout.facts()) { try $0.end(lease.lease) }
        }
    }
}
