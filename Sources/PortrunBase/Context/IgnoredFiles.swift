/// Files that git is told to ignore.
package enum IgnoredFiles {
    /// Those of `paths` that are ignored and not tracked; nil where git does not tell.
    ///
    /// - Parameters:
    ///   - paths: absolute, in the repository.
    ///   - folder: the worktree.
    package static func among(_ paths: [String], in folder: String, environment: Environment) -> [String]? {
        if paths.isEmpty { return [] }
        guard let git = GitCommand(in: folder, environment: environment) else { return nil }
        // One path a line, as it was asked for; a name that git would put in quotes is not found among `paths`.
        let (status, output) = git.run(["-c", "core.quotePath=false", "check-ignore", "--"] + paths)
        // 1 is that none is.
        guard let status, status <= 1 else { return nil }
        let ignored = Set(of: output.split(separator: "\n").map(String.init))
        return paths.filter { ignored.contains($0) }
    }
}
