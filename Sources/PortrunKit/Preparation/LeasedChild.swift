import PortrunBase
import PortrunLaunch
import PortrunRegistry

/// A command that is about to run, and the lease that says so.
package struct LeasedChild {
    /// nil when the command replaces this process.
    package let child: GatedChild?
    package let lease: Lease

    /// Forks the command, which waits at its gate, and records its lease.
    ///
    /// - Parameters:
    ///   - isReplacing: fork nothing: the lease is this process's own.
    /// - Throws: `LaunchError` or `RegistryError`; no child is left then.
    package init(
        _ preparation: Preparation, _ command: Command, isReplacing: Bool, _ signals: SignalState,
        _ transaction: Transaction
    ) throws {
        let child = isReplacing ? nil : try GatedChild(command, signals, preparation.translation)
        do {
            let process = preparation.plan.checkout.process
            let holder = Holder.of(pid: child?.pid ?? process.pid, seenBy: process)
            let held = preparation.heldBookings
            lease = try transaction.lease(
                held.own, told: held.told, to: holder, command: CommandSummary.text(of: command.arguments),
                isEphemeral: preparation.plan.options.isEphemeral)
            self.child = child
        } catch {
            child?.abandon()
            throw error
        }
    }

    /// The command of `preparation` in the place of this one, which has not run yet.
    package func exchanged(
        for preparation: Preparation, _ command: Command, isReplacing: Bool, _ signals: SignalState,
        _ registry: Registry
    ) throws -> LeasedChild {
        try registry.write(on: preparation.plan.checkout.facts()) { transaction in
            // Not before: nobody can reap its lease now.
            child?.abandon()
            let exchanged = try LeasedChild(
                preparation, command, isReplacing: isReplacing, signals, transaction)
            // The old lease ends after the new one began, so that ephemeral bookings are held all the time.
            try transaction.end(lease)
            return exchanged
        }
    }

    /// Ends the lease: the command has ended.
    package func release(_ registry: Registry, of checkout: Checkout) throws {
        try registry.write(on: checkout.facts()) { try $0.end(lease) }
    }
}

extension Preparation {
    /// What the command has for itself, and what it is told of. What compose or docker starts in containers is its own; of
    /// what the project declares another command has only what it binds, and what it may bind once something else has ended is
    /// anybody's until then.
    fileprivate var heldBookings: (own: [Booking], told: [Booking]) {
        let bookings = booked.outcome.bookings
        if plan.compose != nil || plan.docker != nil { return (bookings, []) }
        var told: [Booking] = []
        for requested in booked.outcome.requests where !requested.request.isExclusive {
            if let booking = requested.booking { told.append(booking) }
        }
        for (call, index) in zip(plan.calls.calls, plan.booking.serverRequests) where call.isLater {
            if let booking = booked.outcome.requests[index].booking { told.append(booking) }
        }
        return told.isEmpty
            ? (bookings, []) : (bookings.filter { booking in !told.contains { $0.id == booking.id } }, told)
    }
}
