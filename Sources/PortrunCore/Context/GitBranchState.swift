/// Whether a branch that a booking was made on is still there.
package enum GitBranchState: Sendable, Equatable {
    case exists
    case gone
    /// The repository itself is gone, or cannot be read.
    case unknown

    /// The state of the branch `name` in the repository whose common git directory is `repository`.
    ///
    /// A branch without a commit exists while a worktree has it checked out.
    package init(of name: String, in repository: String, environment: Environment) {
        guard let location = GitLocation(commonDirectory: repository) else {
            self = .unknown
            return
        }
        do {
            _ = try GitRepositoryFormat(of: location)
            let exists = try GitReferences(commonDirectory: repository).hasBranch(name)
            self = exists || Self.isUnborn(name, in: repository) ? .exists : .gone
        } catch {
            self = Self.ask(name, repository, environment)
        }
    }

    private static func isUnborn(_ name: String, in repository: String) -> Bool {
        let worktrees = (FileSystem.names(in: "\(repository)/worktrees") ?? []).map { "worktrees/\($0)/HEAD" }
        return (["HEAD"] + worktrees).contains {
            GitFile.line(at: "\(repository)/\($0)").flatMap { GitHead(line: $0) } == .branch(name)
        }
    }

    private static func ask(_ name: String, _ repository: String, _ environment: Environment)
        -> GitBranchState
    {
        let git = GitCommand(in: repository, environment: environment.withoutRepository)
        switch git?.run("--git-dir=.", "show-ref", "--verify", "--quiet", "refs/heads/\(name)").status {
        case 0: return .exists
        case 1: return .gone
        default: return .unknown
        }
    }
}
