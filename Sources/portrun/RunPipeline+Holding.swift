import PortrunBase
import PortrunLaunch
import PortrunRegistry

/// From the command to the lease on what it needs.
extension RunPipeline {
    /// A command that is about to run, and the lease that says so.
    struct Held {
        /// nil when it replaces portrun.
        let child: GatedChild?
        let lease: Lease
    }

    /// Forks the command, which waits at its gate, and records its lease.
    func hold(
        _ command: Command, _ bookings: [Booking], isReplacing: Bool, _ signals: SignalState, _ workplace: Workplace,
        _ transaction: Transaction
    ) throws -> Held {
        let child = isReplacing ? nil : try GatedChild(command, signals)
        do {
            let holder = Holder.of(pid: child?.pid ?? getpid(), seenFrom: workplace.vantage)
            let lease = try transaction.lease(
                bookings, to: holder, command: command.summary, isEphemeral: options.isEphemeral)
            return Held(child: child, lease: lease)
        } catch {
            child?.abandon()
            throw error
        }
    }

    /// The command in the place of one that has not run yet.
    func exchange(
        _ held: Held, for command: Command, _ bookings: [Booking], isReplacing: Bool, _ signals: SignalState,
        _ workplace: Workplace, _ registry: Registry
    ) throws -> Held {
        try registry.write(on: workplace.facts()) { transaction in
            // Not before: nobody can reap its lease now.
            held.child?.abandon()
            let exchanged = try hold(
                command, bookings, isReplacing: isReplacing, signals, workplace, transaction)
            // The old lease ends after the new one exists: an ephemeral booking without any lease would be dropped.
            try transaction.end(held.lease)
            return exchanged
        }
    }
}

extension Command {
    /// The words of the command for people, at most about a line.
    fileprivate var summary: String {
        var text = ""
        for word in arguments.prefix(32) {
            text += (text.isEmpty ? "" : " ") + String(decoding: word.prefix(256), as: UTF8.self)
        }
        return String(text.prefix(256))
    }
}
