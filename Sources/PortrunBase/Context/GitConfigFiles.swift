/// Which configuration files git reads besides those of the repository (git-config(1), «Files»).
///
/// A git may be built to look for its system-wide file elsewhere than in `/etc/gitconfig`, as Homebrew's is. portrun
/// does not know that, and such a file does not count.
enum GitConfigFiles {
    /// The system-wide file and the user's, in the order of reading; they need not exist.
    static func outsideRepository(home: String?, environment: Environment) throws(NeedsGit) -> [String] {
        for name in ["GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS"] where environment.bytes(of: name) != nil {
            throw .variable(name)
        }
        return try system(environment) + user(home: home, environment)
    }

    private static func system(_ environment: Environment) throws(NeedsGit) -> [String] {
        if let text = environment["GIT_CONFIG_NOSYSTEM"] {
            guard let isLeftOut = GitConfigEntry.boolean(of: text) else {
                throw .variable("GIT_CONFIG_NOSYSTEM")
            }
            if isLeftOut { return [] }
        }
        return [try path(in: "GIT_CONFIG_SYSTEM", environment) ?? "/etc/gitconfig"]
    }

    private static func user(home: String?, _ environment: Environment) throws(NeedsGit) -> [String] {
        if let path = try path(in: "GIT_CONFIG_GLOBAL", environment) { return [path] }
        var paths: [String] = []
        if let folder = environment["XDG_CONFIG_HOME"], !folder.isEmpty {
            paths.append("\(folder)/git/config")
        } else if let home {
            paths.append("\(home)/.config/git/config")
        }
        if let home { paths.append("\(home)/.gitconfig") }
        return paths
    }

    /// - Throws: `NeedsGit` for a relative path, as git may have changed its folder before it opens it.
    private static func path(in name: String, _ environment: Environment) throws(NeedsGit) -> String? {
        guard let path = environment[name] else { return nil }
        guard path.hasPrefix("/") || path.isEmpty else { throw .variable(name) }
        return path
    }
}
