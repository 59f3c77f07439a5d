/// The branches of one repository, which is read once however many of them are asked for.
///
/// A branch without a commit exists while a worktree has it checked out.
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
            return listed.contains(Substring(name)) ? .exists : .gone
        }
    }

    /// What becomes of a branch that was not found, after another look: what was read before may have been somebody
    /// else's to write, and `git pack-refs` moves branches between two looks.
    private func stateOfMissing(_ name: String) -> GitBranchState {
        let references = GitReferences(commonDirectory: repository)
        guard let exists = try? references.hasBranch(name) else { return .unknown }
        if exists { return .exists }
        let path = "\(heads)/\(name)"
        return FileSystem.isAbsent(path) || FileSystem.kind(of: path) == .directory ? .gone : .unknown
    }

    private func isPacked(_ name: String) -> Bool {
        var name = name
        return name.withUTF8 { packed?.kind(of: UnsafeRawBufferPointer($0)) } != nil
    }

    private func hasFile(_ name: String) -> Bool {
        let kind =
            name.utf8.contains(UInt8(ascii: "/")) ? paths.kind(of: "\(heads)/\(name)") : paths.kind(of: name, in: heads)
        return kind == .file
    }

    /// nil when they cannot be read.
    private lazy var packed = paths.names(at: "\(repository)/packed-refs") {
        try? GitReferences(commonDirectory: repository).packedBranches()
    }

    /// The branches that the worktrees have checked out.
    private lazy var checkedOut: Set<String> = {
        let worktrees = (FileSystem.names(in: "\(repository)/worktrees") ?? []).map { "worktrees/\($0)/HEAD" }
        var names: Set<String> = []
        for path in ["HEAD"] + worktrees {
            let head = GitFile.line(at: "\(repository)/\(path)").flatMap { GitHead(line: $0) }
            if case .branch(let name)? = head { names.insert(name) }
        }
        return names
    }()

    /// The branches that git lists; nil when there is no git, or it cannot read the repository.
    private lazy var listed: Set<Substring>? = {
        let git = GitCommand(in: repository, environment: environment.withoutRepository)
        let answer = git?.run("--git-dir=.", "for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads/")
        guard let answer, answer.status == 0 else { return nil }
        return Set(answer.output.split(separator: "\n"))
    }()

    /// How a repository keeps its branches.
    private enum Shape { case files, other }

    /// nil when there is no repository.
    private lazy var shape: Shape? = {
        guard let location = GitLocation(commonDirectory: repository) else { return nil }
        return packed != nil && (try? GitRepositoryFormat(of: location)) != nil ? .files : .other
    }()
}
