/// Where a worktree and its repository are; all paths absolute and without links.
package struct GitLocation: Equatable {
    /// The folder that holds `.git`.
    let root: String
    /// The worktree's own git directory, with its HEAD.
    package let gitDirectory: String
    /// The git directory that all worktrees share, with references and configuration.
    let commonDirectory: String

    /// Whether this is another worktree than the main one.
    var isLinked: Bool { gitDirectory != commonDirectory }

    /// The configuration that all worktrees share.
    var configuration: String { "\(commonDirectory)/config" }

    /// True in a linked worktree, unless the repository's folder is called as a bare one's.
    var hasMainWorktreeElsewhere: Bool { isLinked && Path.lastName(commonDirectory) == ".git" }

    /// The same submodule in the main worktree, for one that git keeps for a linked worktree alone; nil for anything else, and
    /// where the main worktree has not checked it out.
    var submoduleOfMain: String? {
        if isLinked || Path.lastName(gitDirectory) == ".git" { return nil }
        // `<repository>/worktrees/<name>/modules/<submodule>`
        let names = gitDirectory.split(separator: "/")
        for index in names.indices where index >= 3 && names[index] == "modules" && names[index - 2] == "worktrees" {
            let ofWorktree = "/" + names[..<index].joined(separator: "/")
            let repository = Path.parent(Path.parent(ofWorktree))
            guard Path.lastName(repository) == ".git", FileSystem.kind(of: ofWorktree + "/commondir") == .file,
                let file = GitFile.line(at: ofWorktree + "/gitdir"),
                let place = Path.relative(root, to: Path.parent(Path.absolute(file, in: ofWorktree)))
            else { continue }
            let folder = Path.absolute(place, in: Path.parent(repository))
            return FileSystem.kind(of: folder + "/.git") == nil ? nil : folder
        }
        return nil
    }

    /// The nearest repository from `folder` upward (setup.c, setup_git_directory_gently_1).
    ///
    /// The search ends at a mount point and below the ceilings that the environment names. A folder inside a
    /// git directory is in no worktree. Whose it is, `checkOwner` asks.
    ///
    /// - Parameter folder: absolute, without links.
    package static func find(from folder: String, environment: Environment) throws(NeedsGit) -> GitLocation? {
        let ceiling = GitCeiling(above: folder, environment: environment)
        let crossesMounts = try crossesMounts(environment)
        let device = device(of: folder)
        var folder = folder
        while true {
            let entry = Path.absolute(".git", in: folder)
            switch FileSystem.kind(of: entry) {
            case .file: return try GitLocation(root: folder, gitFile: entry)
            case .directory:
                if let location = GitLocation(root: folder, gitDirectory: entry) { return location }
            case .other, nil: break
            }
            if GitLocation(root: folder, gitDirectory: folder) != nil { return nil }
            let parent = Path.parent(folder)
            if folder == "/" || parent == ceiling.folder { return nil }
            if !crossesMounts && Self.device(of: parent) != device { return nil }
            folder = parent
        }
    }

    private static func crossesMounts(_ environment: Environment) throws(NeedsGit) -> Bool {
        let name = "GIT_DISCOVERY_ACROSS_FILESYSTEM"
        guard let text = environment[name] else { return false }
        guard let isOn = GitConfigEntry.boolean(of: text) else { throw .variable(name) }
        return isOn
    }

    private static func device(of path: String) -> dev_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_dev : nil
    }
}

extension GitLocation {
    /// The git directory at `commonDirectory` by itself, as gc knows it; nil when nothing like it is there.
    init?(commonDirectory: String) {
        self.init(root: commonDirectory, gitDirectory: commonDirectory)
    }

    /// - Returns: nil when `gitDirectory` does not look like one (setup.c, is_git_directory).
    private init?(root: String, gitDirectory: String) {
        guard FileSystem.kind(of: "\(gitDirectory)/HEAD") != nil || GitFile.isLink("\(gitDirectory)/HEAD"),
            let gitDirectory = FileSystem.resolved(gitDirectory)
        else { return nil }
        guard let commonDirectory = Self.commonDirectory(of: gitDirectory),
            FileSystem.kind(of: "\(commonDirectory)/objects") == .directory,
            FileSystem.kind(of: "\(commonDirectory)/refs") == .directory
        else { return nil }
        self.init(root: root, gitDirectory: gitDirectory, commonDirectory: commonDirectory)
    }

    /// - Parameter gitDirectory: without links.
    /// - Returns: nil when it says that it has another one, which is not there.
    private static func commonDirectory(of gitDirectory: String) -> String? {
        guard let path = GitFile.line(at: "\(gitDirectory)/commondir") else { return gitDirectory }
        // As git writes it for a worktree; what is above a folder without links has none.
        if path == "../.." { return Path.parent(Path.parent(gitDirectory)) }
        return FileSystem.resolved(path.hasPrefix("/") ? path : "\(gitDirectory)/\(path)")
    }

    /// - Parameter gitFile: a `.git` that says `gitdir: <path>`, as linked worktrees and submodules have.
    private init(root: String, gitFile: String) throws(NeedsGit) {
        guard let path = GitFile.line(at: gitFile)?.rest(after: "gitdir: ") else { throw .gitFile(path: gitFile) }
        // Not folded: a `..` after a link means the parent of where the link leads.
        let directory = path.hasPrefix("/") ? path : "\(root)/\(path)"
        guard let location = GitLocation(root: root, gitDirectory: directory) else {
            throw .gitFile(path: gitFile)
        }
        self = location
    }
}
