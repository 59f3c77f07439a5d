/// The branches of one repository, which is read once however many of them are asked for.
///
/// A branch without a commit exists while a worktree has it checked out. Of a repository that belongs to somebody else,
/// only git tells that a branch is gone, and only to those who trust it.
package final class GitBranches {
    private let repository: String
    private let environment: Environment
    private let heads: String
    private let paths: PathLookup

    /// - Parameters:
    ///   - repository: the git directory that all worktrees share.
    ///   - paths: looks up its branches; the same one may serve many repositories.
    package init(of repository: String, environment: Environment, paths: PathLookup = PathLookup()) {
        self.repository = repository
        self.paths = paths
        heads = "\(repository)/refs/heads"
        self.environment = environment
    }

    package func state(of name: String) -> GitBranchState {
        if isPacked(name) || hasFile(name) { return .exists }
        // A name that is no UTF-8 is not known byte for byte.
        guard !name.unicodeScalars.contains("\u{FFFD}") else { return .unknown }
        // Only a known way of keeping branches proves that one is gone.
        switch shape {
        case nil: return .unknown
        case .files?: return checkedOut.contains(name) ? .exists : stateOfMissing(name)
        case .other?:
            guard let listed else { return .unknown }
            return listed.contains(name) ? .exists : .gone
        }
    }

    /// What becomes of a branch that was not found, after another look: what was read before may have been somebody
    /// else's to write, and `git pack-refs` moves branches between two looks.
    private func stateOfMissing(_ name: String) -> GitBranchState {
        let references = GitReferences(commonDirectory: repository, Look())
        guard let exists = try? references.hasBranch(name) else { return .unknown }
        if exists { return .exists }
        let path = "\(heads)/\(name)"
        return FileSystem.isAbsent(path) || FileSystem.kind(of: path) == .directory ? .gone : .unknown
    }

    private func isPacked(_ name: String) -> Bool {
        packed?.contains(name) ?? false
    }

    private func hasFile(_ name: String) -> Bool {
        let kind =
            name.utf8.contains(UInt8(ascii: "/")) ? paths.kind(of: "\(heads)/\(name)") : paths.kind(of: name, in: heads)
        return kind == .file
    }

    /// nil when they cannot be read. What is not among them is looked for by itself.
    private lazy var packed = paths.names(at: "\(repository)/packed-refs") {
        try? GitReferences(commonDirectory: repository, Look()).packedBranches()
    }

    /// The branches that the worktrees have checked out.
    private lazy var checkedOut: NameSet = {
        let worktrees = (FileSystem.names(in: "\(repository)/worktrees") ?? []).map { "worktrees/\($0)/HEAD" }
        var names = NameSet()
        for path in ["HEAD"] + worktrees {
            let head = GitFile.line(at: "\(repository)/\(path)").flatMap { GitHead(line: $0) }
            if case .branch(let name)? = head, !names.contains(name) { names.insert(name.utf8, .file) }
        }
        return names
    }()

    /// The branches that git lists; nil when there is no git, or it cannot read the repository.
    private lazy var listed: NameSet? = {
        var environment = environment.withoutRepository
        // It checks the owner only of a repository that it finds by itself, as that of a worktree where there is one. One
        // around a broken one is not to be found.
        let folder = Path.lastName(repository) == ".git" ? Path.parent(repository) : repository
        environment.set("GIT_CEILING_DIRECTORIES", to: Path.parent(folder))
        let git = GitCommand(in: folder, environment: environment)
        let answer = git?.run("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads/")
        guard let answer, answer.status == 0 else { return nil }
        var names = NameSet()
        for name in answer.output.utf8.split(separator: UInt8(ascii: "\n")) { names.insert(name, .file) }
        return names
    }()

    /// How a repository keeps its branches.
    private enum Shape { case files, other }

    /// nil when there is no repository.
    private lazy var shape: Shape? = {
        guard let location = GitLocation(commonDirectory: repository) else { return nil }
        return packed != nil && location.isOwn(in: environment) && isKnown(location) ? .files : .other
    }()

    private func isKnown(_ location: GitLocation) -> Bool {
        let look = Look()
        guard let entries = try? GitConfigLoader.entries(at: location.configuration, isLocal: true, look) else {
            return false
        }
        return (try? GitRepositoryFormat(of: location, entries, look)) != nil
    }
}
