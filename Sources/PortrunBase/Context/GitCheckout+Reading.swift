extension GitCheckout {
    /// The worktree that `folder` is in, from its files alone; nil outside of any.
    ///
    /// - Parameters:
    ///   - folder: absolute, without links.
    ///   - look: limits what is read.
    /// - Throws: `NeedsGit` when only git can tell for sure.
    static func read(
        from folder: String, home: String?, environment: Environment, _ look: Look
    ) throws(NeedsGit) -> GitCheckout? {
        let override = environment.repositoryVariable
        if override == "GIT_DIR" { throw .variable("GIT_DIR") }
        guard let location = try GitLocation.find(from: folder, environment: environment) else { return nil }
        if let override { throw .variable(override) }
        try location.checkOwner(environment)

        let local = try GitConfigLoader.entries(at: location.configuration, isLocal: true, look)
        let format = try GitRepositoryFormat(of: location, local, look)
        if let worktree = format.worktree {
            let path = worktree.hasPrefix("/") ? worktree : "\(location.gitDirectory)/\(worktree)"
            guard FileSystem.resolved(path) == location.root else { throw .worktree(path: path) }
        } else if format.isBare {
            return nil
        }
        let head = try readHead(of: location)
        let situation = GitConfigCondition.Situation(
            gitDirectory: location.gitDirectory, branch: branch(of: head), home: home,
            hasLinkedName: hasLinkedName(folder, environment))
        let config = try readConfiguration(
            beside: local, of: location, format, GitConfigLoader(situation: situation, look), environment)
        let origin = try config.originURL()
        if origin == nil { try checkForOldRemote(in: location) }
        let references = GitReferences(commonDirectory: location.commonDirectory, look)
        let defaultBranch = try defaultBranch(
            originHead: references.originHead, configured: config.defaultBranch, head: head,
            exists: references.hasBranch)
        let (isBare, main) = try ownShape(location, local, format, look)
        return GitCheckout(
            location: location, head: head, origin: origin, defaultBranch: defaultBranch, mainWorktree: main,
            isOfBareRepository: isBare)
    }

    /// `core.bare` and `core.worktree` as the repository itself has them, whatever a linked worktree says of itself.
    private static func ownShape(
        _ location: GitLocation, _ local: [GitConfigEntry], _ format: GitRepositoryFormat, _ look: Look
    ) throws(NeedsGit) -> (isBare: Bool, main: String?) {
        guard location.isLinked else { return (format.isBare, nil) }
        var entries = local
        if format.hasWorktreeConfiguration {
            entries += try GitConfigLoader.entries(
                at: "\(location.commonDirectory)/config.worktree", isLocal: true, look)
        }
        let worktree = entries.last { $0.isNamed("core", "worktree") }?.value
        return (
            entries.last { $0.isNamed("core", "bare") }?.boolean == true,
            location.hasMainWorktreeElsewhere
                ? nil : worktree.flatMap { FileSystem.resolved(Path.absolute($0, in: location.commonDirectory)) }
        )
    }

    private static func readHead(of location: GitLocation) throws(NeedsGit) -> GitHead {
        let path = "\(location.gitDirectory)/HEAD"
        // Long ago a HEAD was a link to the file of its branch.
        guard !GitFile.isLink(path) else { throw .head(path: path) }
        guard let head = GitHead(line: try GitFile.line(at: path, else: .head(path: path))) else {
            throw .head(path: path)
        }
        return head
    }

    /// - Parameter local: what has been read of the repository's own configuration.
    private static func readConfiguration(
        beside local: [GitConfigEntry], of location: GitLocation, _ format: GitRepositoryFormat,
        _ loader: GitConfigLoader, _ environment: Environment
    ) throws(NeedsGit) -> GitConfig {
        var loader = loader
        for path in try GitConfigFiles.outsideRepository(home: loader.situation.home, environment: environment) {
            try loader.load(path, isLocal: false)
        }
        try loader.add(local, of: location.configuration)
        if format.hasWorktreeConfiguration {
            try loader.load("\(location.gitDirectory)/config.worktree", isLocal: true)
        }
        return loader.config
    }

    private static func branch(of head: GitHead) -> String? {
        if case .branch(let name) = head { name } else { nil }
    }

    private static func hasLinkedName(_ folder: String, _ environment: Environment) -> Bool {
        guard let name = environment["PWD"], name != folder else { return false }
        return FileSystem.resolved(name) == folder
    }

    /// - Throws: `NeedsGit` when origin is a file of its own, as remotes were before the configuration had them.
    private static func checkForOldRemote(in location: GitLocation) throws(NeedsGit) {
        for folder in ["remotes", "branches"] {
            let path = "\(location.commonDirectory)/\(folder)/origin"
            if FileSystem.kind(of: path) != nil { throw .configuration(path: path) }
        }
    }
}
