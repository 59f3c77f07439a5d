/// The folder that the search for a repository stays below (git(1), GIT_CEILING_DIRECTORIES).
struct GitCeiling: Equatable {
    /// The folder at which the search stops, without looking into it; nil when the search may go up to `/`.
    let folder: String?

    /// The nearest of the ceilings that is above `folder`; one at `folder` itself does not count.
    init(above folder: String, environment: Environment) {
        var isResolved = true
        var ceilings: [String] = []
        for entry in (environment["GIT_CEILING_DIRECTORIES"] ?? "").split(
            separator: ":", omittingEmptySubsequences: false)
        {
            // After an empty entry the paths are taken as they are, to spare slow file systems.
            if entry.isEmpty { isResolved = false }
            guard entry.hasPrefix("/") else { continue }
            let path = Path.absolute(String(entry), in: "/")
            guard let ceiling = isResolved ? FileSystem.resolved(path) : path else { continue }
            if ceiling != folder && Path.relative(folder, to: ceiling) != nil { ceilings.append(ceiling) }
        }
        self.folder = ceilings.max { $0.utf8.count < $1.utf8.count }
    }
}
