import PortrunBase

/// Scripts that end whatever listens on a number which is another checkout's here.
extension Preparation {
    /// The bookings whose declared numbers are the main worktree's, where the command's scripts are worth a look for them.
    func numbersOfPortKills(in invocation: Invocation) -> [Booking] {
        guard !invocation.isVerbatim, plan.compose == nil, plan.docker == nil, plan.options.isDiscovering else {
            return []
        }
        return (booked.outcome.bookings + booked.siblings).filter { $0.isMoved && $0.transport == .tcp }
    }

    /// A warning for each place in the command's scripts that ends what has such a number on the machine: the main
    /// worktree's server. What asks by a tool in `PATH` is led to this checkout's own (`PortToolCall`), and not told of.
    func portKills(of moved: [Booking], in scripts: [CommandScript]) -> [Warning] {
        var warnings: [Warning] = []
        for script in scripts {
            for kill in PortKill.all(in: script.text) where !kill.follows || plan.shims == nil {
                guard let own = moved.first(where: { $0.declaredPorts?.contains(kill.port) == true }),
                    script.includes(kill.line)
                else { continue }
                let told = warning(
                    at: kill.line, of: script,
                    "`\(TerminalText.onOneLine(kill.program))` means whatever listens on \(kill.port), which is "
                        + "\(Move.ofMain(plan.checkout.firstClone)); this one's own is \(own.port): put `$(portrun get \(own.service) -q)` there, or "
                        + "`fuser -k \(kill.port)/tcp`, which portrun leads to it")
                // A script may be called in several places.
                if !warnings.contains(told) { warnings.append(told) }
            }
        }
        return warnings
    }
}
