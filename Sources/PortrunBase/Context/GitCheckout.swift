/// A worktree of a git repository, with what names it.
struct GitCheckout: Equatable {
    let location: GitLocation
    let head: GitHead
    /// The output of `git remote get-url origin`; nil without a remote of that name.
    let origin: String?
    /// Nil when nothing tells.
    let defaultBranch: String?
    /// The main worktree of a linked one, where the repository's folder is none in it but says which it is (`core.worktree`), as
    /// those of submodules do; nil elsewhere.
    let mainWorktree: String?
    /// There is no worktree around the repository, but linked ones.
    let isOfBareRepository: Bool

    /// The branch that is checked out, or that is being rebased or bisected.
    var branch: String? {
        switch head {
        case .branch(let name): name
        case .reference: nil
        case .detached: GitHead.interruptedBranch(in: location.gitDirectory)
        }
    }

    /// The name in place of a branch: another reference's name, or the worktree folder's.
    var instance: String {
        if let branch { return branch }
        return if case .reference(let name) = head { name } else { Path.lastName(location.root) }
    }

    /// The repository's name: that of origin, else that of the main worktree's folder.
    var app: String {
        if let name = origin.flatMap({ RemoteURL(text: $0).repositoryName }) { return name }
        guard location.isLinked else { return Path.lastName(location.root) }
        let name = Path.lastName(location.commonDirectory)
        // `myapp/.git` and the bare `myapp/.bare`, but `myapp.git`.
        if name.hasPrefix(".") { return Path.lastName(Path.parent(location.commonDirectory)) }
        return name.start(before: ".git") ?? name
    }

    /// True in a linked worktree of a repository that has a main one.
    var hasMainWorktreeElsewhere: Bool { location.hasMainWorktreeElsewhere && !isOfBareRepository }

    var isMain: Bool { !location.isLinked && branch != nil && branch == defaultBranch }

    /// The branch that origin's HEAD names, else the first of `configured`, `main` and `master` that is a
    /// branch.
    ///
    /// - Parameters:
    ///   - configured: `init.defaultBranch`.
    ///   - head: whose branch counts also while it has no commit.
    static func defaultBranch<Failure: Error>(
        originHead: String?, configured: String?, head: GitHead, exists: (String) throws(Failure) -> Bool
    ) throws(Failure) -> String? {
        if let originHead { return originHead }
        for name in [configured, "main", "master"].compactMap({ $0 }) {
            if head == .branch(name) { return name }
            if try exists(name) { return name }
        }
        return nil
    }
}
