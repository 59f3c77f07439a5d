import PortrunBase

extension Preparation {
    /// What is to be said of the command's scripts before it starts, in a linked worktree.
    ///
    /// Reads files, so not under the registry's lock.
    package func scriptWarnings() -> [Warning] {
        guard plan.checkout.context.isGuest, let invocation = plan.invocation else { return [] }
        lazy var scripts = CommandScript.all(of: invocation.words, in: plan.checkout.workingDirectory)
        let moved = numbersOfPortKills(in: invocation)
        var warnings = moved.isEmpty ? [] : portKills(of: moved, in: scripts)
        if plan.shims != nil { warnings += pathChanges(in: scripts, of: invocation) }
        return warnings
    }

    /// A warning with its place.
    func warning(at line: Int, of script: CommandScript, _ text: String) -> Warning {
        Warning(file: Path.shortest(script.path, from: plan.checkout.workingDirectory), line: line, text)
    }
}
