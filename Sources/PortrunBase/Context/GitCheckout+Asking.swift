extension GitCheckout {
    /// The worktree that `folder` is in, as git says it; nil when git cannot be run, does not answer in time, or knows of
    /// none.
    ///
    /// Takes a few milliseconds: three to six processes.
    static func ask(from folder: String, environment: Environment) -> GitCheckout? {
        guard let git = GitCommand(in: folder, environment: environment),
            let location = location(git, from: folder), let head = head(git)
        else { return nil }
        let originHead = git.line("symbolic-ref", "-q", "refs/remotes/origin/HEAD").flatMap {
            GitReferences.branch(ofOriginReference: $0.rest(after: "refs/") ?? $0)
        }
        let defaultBranch = defaultBranch(
            originHead: originHead, configured: git.line("config", "--get", "init.defaultBranch"), head: head
        ) { git.hasBranch($0) }
        let origin = git.line("remote", "get-url", "origin").flatMap { url in
            url.utf8.count <= GitConfig.longestURL ? url : nil
        }
        let isBare = git.line("--git-dir", location.commonDirectory, "rev-parse", "--is-bare-repository") == "true"
        return GitCheckout(
            location: location, head: head, origin: origin, defaultBranch: defaultBranch, mainWorktree: nil,
            isOfBareRepository: isBare)
    }

    /// Looks how much git would read, before it is asked: it has no limits of its own, and takes hundreds of megabytes for
    /// files that include each other.
    ///
    /// - Throws: `NeedsGit` of what is too much, and of nothing else.
    static func measure(from folder: String, home: String?, environment: Environment) throws(NeedsGit) {
        guard let location = try? GitLocation.find(from: folder, environment: environment) else { return }
        let look = Look(.ofPrompt)
        let situation = GitConfigCondition.Situation(
            gitDirectory: location.gitDirectory, branch: nil, home: home, hasLinkedName: false)
        var loader = GitConfigLoader(situation: situation, look, isMeasuring: true)
        do throws(NeedsGit) {
            try loader.load(location.configuration, isLocal: true)
            try loader.load("\(location.gitDirectory)/config.worktree", isLocal: true)
            _ = try GitReferences(commonDirectory: location.commonDirectory, look).hasBranch("main")
        } catch {
            if error.isExcess { throw error }
        }
    }

    private static func location(_ git: GitCommand, from folder: String) -> GitLocation? {
        let (status, output) = git.run(
            "rev-parse", "--show-toplevel", "--absolute-git-dir", "--git-common-dir")
        let paths = output.split(separator: "\n").map(String.init)
        guard status == 0, paths.count == 3 else { return nil }
        // The common directory may be given relative to the working directory.
        let common = paths[2].hasPrefix("/") ? paths[2] : "\(folder)/\(paths[2])"
        return GitLocation(
            root: paths[0], gitDirectory: paths[1], commonDirectory: FileSystem.resolved(common) ?? common)
    }

    private static func head(_ git: GitCommand) -> GitHead? {
        let (status, output) = git.run("symbolic-ref", "-q", "HEAD")
        switch status {
        case 0: return GitHead(referenceName: output.parts(at: "\n").before)
        // The status that `-q` promises for a detached HEAD.
        case 1: return .detached
        default: return nil
        }
    }
}
