import PortrunBase
import PortrunRegistry

extension Plan {
    /// True for a command that nobody knows as a server, in a main worktree beside which there are others: if it is one,
    /// those are to know its ports.
    package var isWatchedForWorktrees: Bool {
        guard let invocation, !invocation.isVerbatim, compose == nil, docker == nil, !checkout.isNamed,
            let repository = checkout.context.repository, Path.parent(repository) == checkout.context.path
        else { return false }
        return FileSystem.names(in: repository + "/worktrees")?.isEmpty == false
    }
}
