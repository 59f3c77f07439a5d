import PortrunBase
import PortrunLaunch
import PortrunRegistry

/// What a command of the main worktree reaches in a linked one by a number that no file declares.
extension Preparation {
    /// A warning for each number on which a command of a linked worktree listens, though there is another port for it
    /// there: it could not be moved when it was bound. Nobody is waited for, and in the end no failure matters.
    package func numbersOfWorktrees(in registry: Registry) -> [Warning] {
        guard let repository = plan.checkout.context.repository else { return [] }
        let path = plan.checkout.context.path
        let found = try? plan.checkout.look(in: registry) { reader, _ in
            try reader.learnedBookings(inWorktreesOf: repository, besides: path)
        }
        var warnings: [Warning] = []
        for other in found ?? [] {
            guard other.booking.isMoved, let declared = other.booking.declared,
                let holder = ListeningProcess.find(on: declared, .tcp),
                holder.belongs(to: other.path, having: "\(Overlay.contextVariable)=\(other.hash)")
            else { continue }
            let program = "`\(TerminalText.onOneLine(holder.name))` (pid \(holder.pid))"
            let step =
                Translation.isSupported
                ? "end that one; without `--exec` and `--translate off` it gets \(other.booking.port) there"
                : "end that one, or name \(other.booking.port) there"
            warnings.append(
                Warning(
                    "who has \(declared) in its source reaches \(program) of \(place(other.label, other.path)), and a "
                        + "server with that number finds it taken: \(step)"))
        }
        return warnings
    }
}
