import PortrunBase

/// Scripts that end whatever listens on a number which is another checkout's here.
extension Preparation {
    /// A warning for each place in the command's scripts that ends what has such a number on the machine: the main
    /// worktree's server. What asks by a tool in `PATH` is led to this checkout's own (`PortToolCall`), and not told of.
    ///
    /// Reads files, so not under the registry's lock.
    package func portKills() -> [Warning] {
        guard plan.checkout.context.isGuest, let invocation = plan.invocation, !invocation.isVerbatim,
            plan.compose == nil, plan.docker == nil, plan.options.isDiscovering
        else { return [] }
        let moved = (booked.outcome.bookings + booked.siblings).filter { $0.isMoved && $0.transport == .tcp }
        if moved.isEmpty { return [] }
        var warnings: [Warning] = []
        for script in CommandScript.all(of: invocation.words, in: plan.checkout.workingDirectory) {
            for kill in PortKill.all(in: script.text) where !kill.follows || plan.shims == nil {
                guard let own = moved.first(where: { $0.declaredPorts?.contains(kill.port) == true }),
                    script.includes(kill.line)
                else { continue }
                let warning = Warning(
                    file: Path.shortest(script.path, from: plan.checkout.workingDirectory), line: kill.line,
                    "`\(TerminalText.onOneLine(kill.program))` means whatever listens on \(kill.port), which is "
                        + "\(Move.ofMain(plan.checkout.firstClone)); this one's own is \(own.port): put `$(portrun get \(own.service) -q)` there, or "
                        + "`fuser -k \(kill.port)/tcp`, which portrun leads to it")
                // A script may be called in several places.
                if !warnings.contains(warning) { warnings.append(warning) }
            }
        }
        return warnings
    }
}
