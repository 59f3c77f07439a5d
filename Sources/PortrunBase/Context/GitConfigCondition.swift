/// The condition of an `includeIf` (git-config(1), «Conditional includes»; config.c,
/// include_condition_is_true).
struct GitConfigCondition {
    /// The facts that conditions are checked against.
    struct Situation {
        /// Absolute, without links.
        let gitDirectory: String
        /// Nil with a detached HEAD.
        let branch: String?
        let home: String?
        /// Whether `$PWD` names the working directory by a path with links in it, which git compares as well.
        let hasLinkedName: Bool

        /// How many bytes a pattern is matched against, at most.
        var longestText: Int { max(gitDirectory.utf8.count, branch?.utf8.count ?? 0) }
    }

    /// Such as `gitdir:~/work/`.
    let text: String
    /// The configuration file that it stands in.
    let file: String

    /// - Throws: `NeedsGit` for a condition on the urls of remotes, and for a pattern with brackets.
    func holds(in situation: Situation) throws(NeedsGit) -> Bool {
        if let pattern = operand(of: "gitdir:") {
            return try isInside(pattern, foldsCase: false, situation)
        }
        if let pattern = operand(of: "gitdir/i:") {
            return try isInside(pattern, foldsCase: true, situation)
        }
        if let pattern = operand(of: "onbranch:") {
            guard let branch = situation.branch else { return false }
            return try glob(Self.withTrailingStars(pattern), foldsCase: false).matches(branch)
        }
        if text.hasPrefix("hasconfig:") { throw .value(key: "includeIf.\(text)") }
        // Conditions that git does not know never hold.
        return false
    }

    private func isInside(_ pattern: String, foldsCase: Bool, _ situation: Situation) throws(NeedsGit) -> Bool {
        var text = situation.gitDirectory
        var pattern = pattern
        if let rest = pattern.rest(after: "./") {
            // The file's own folder is taken literally, stars and all.
            guard let file = FileSystem.resolved(file) else { throw .configuration(path: file) }
            let folder = Path.parent(file) == "/" ? "/" : Path.parent(file) + "/"
            guard Self.starts(text, with: folder, foldsCase: foldsCase) else { return false }
            text = String(decoding: text.utf8.dropFirst(folder.utf8.count), as: UTF8.self)
            pattern = rest
        } else if pattern.hasPrefix("~") {
            guard let rest = pattern.rest(after: "~/"), let home = situation.home.flatMap(FileSystem.resolved) else {
                throw .value(key: "includeIf.\(self.text)")
            }
            pattern = home + "/" + rest
        } else if !pattern.hasPrefix("/") {
            pattern = "**/" + pattern
        }
        if try glob(Self.withTrailingStars(pattern), foldsCase: foldsCase).matches(text) { return true }
        if situation.hasLinkedName { throw .value(key: "includeIf.\(self.text)") }
        return false
    }

    private func glob(_ pattern: String, foldsCase: Bool) throws(NeedsGit) -> GitGlob {
        guard let glob = GitGlob(pattern, foldsCase: foldsCase) else {
            throw .value(key: "includeIf.\(text)")
        }
        return glob
    }

    private func operand(of keyword: String) -> String? {
        text.rest(after: keyword)
    }

    private static func withTrailingStars(_ pattern: String) -> String {
        pattern.hasSuffix("/") ? pattern + "**" : pattern
    }

    private static func starts(_ text: String, with prefix: String, foldsCase: Bool) -> Bool {
        foldsCase ? text.lowercased().hasPrefix(prefix.lowercased()) : text.hasPrefix(prefix)
    }
}
