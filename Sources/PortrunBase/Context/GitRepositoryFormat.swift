/// The shape of a repository by its own configuration (gitrepository-layout(5); setup.c).
struct GitRepositoryFormat {
    /// Whether there is no worktree around `.git`.
    let isBare: Bool
    /// `core.worktree`, relative to the git directory; submodules have it.
    let worktree: String?
    /// Whether worktrees have configuration of their own, in `config.worktree`.
    let hasWorktreeConfiguration: Bool

    /// - Parameter entries: those of the repository's own configuration, which git reads before anything else, and
    ///   without includes.
    /// - Throws: `NeedsGit` for a version or extension that is not known here.
    init(of location: GitLocation, _ entries: [GitConfigEntry], _ look: Look) throws(NeedsGit) {
        var entries = entries
        hasWorktreeConfiguration = try Self.checkExtensions(in: entries)
        if hasWorktreeConfiguration {
            entries += try GitConfigLoader.entries(
                at: "\(location.gitDirectory)/config.worktree", isLocal: true, look)
        } else if location.isLinked {
            // The main worktree alone is meant, or a bare repository that has only linked ones.
            entries = []
        }
        let bare = entries.last { $0.isNamed("core", "bare") }
        guard let isBare = bare == nil ? false : bare?.boolean else { throw .value(key: "core.bare") }
        self.isBare = isBare
        worktree = entries.last { $0.isNamed("core", "worktree") }?.value
    }

    /// - Returns: whether `extensions.worktreeConfig` is on.
    private static func checkExtensions(in entries: [GitConfigEntry]) throws(NeedsGit) -> Bool {
        let version =
            entries.last { $0.isNamed("core", "repositoryformatversion") }.map { $0.value ?? "" } ?? "0"
        guard version == "0" || version == "1" else { throw .format("core.repositoryFormatVersion") }
        var hasWorktreeConfiguration = false
        for entry in entries where entry.section == "extensions" && entry.subsection == nil {
            switch (entry.name, entry.value) {
            case ("worktreeconfig", _):
                guard let isOn = entry.boolean else { throw .value(key: "extensions.worktreeConfig") }
                hasWorktreeConfiguration = isOn
            case ("noop", _), ("partialclone", _), ("preciousobjects", _): continue
            case ("objectformat", "sha1"), ("objectformat", "sha256"), ("refstorage", "files"):
                guard version == "1" else { throw .format("extensions.\(entry.name)") }
            case ("relativeworktrees", _) where version == "1": continue
            default: throw .format("extensions.\(entry.name)")
            }
        }
        return hasWorktreeConfiguration
    }
}
