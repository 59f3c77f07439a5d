import PortrunBase
import PortrunRegistry

extension Plan {
    /// True for a command in a main worktree beside which there are others: if it listens, those are to know its ports, and
    /// what those listen on may be in its own source.
    package var isBesideWorktrees: Bool {
        guard mayListen, let repository = checkout.context.repository,
            Path.parent(repository) == checkout.context.path
        else { return false }
        return FileSystem.names(in: repository + "/worktrees")?.isEmpty == false
    }

    /// True for a command in a linked worktree: the main one is to know what it listens on.
    package var isBesideMain: Bool { mayListen && checkout.context.isGuest }

    /// False for what starts its servers in containers.
    private var mayListen: Bool {
        guard let invocation else { return false }
        return !invocation.isVerbatim && compose == nil && docker == nil && !checkout.isNamed
    }
}
