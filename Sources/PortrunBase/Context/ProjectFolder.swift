/// The folder that stands for a project outside git.
enum ProjectFolder {
    /// Files that mark a folder as a project's.
    static let markers = [
        "compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml", "package.json",
    ]

    /// The nearest folder from `folder` upward that holds a marker, else `folder` itself.
    ///
    /// `$HOME` and what lies above it never count for a folder below: a forgotten `~/package.json` would make
    /// one project of everything. Nor does `/`, for a folder outside of `$HOME`.
    ///
    /// - Parameter folder: absolute, without links.
    static func containing(_ folder: String, home: String?) -> String {
        let home = home.map { FileSystem.resolved($0) ?? $0 }
        var candidate = folder
        while candidate != "/" && candidate != home {
            if isMarked(candidate) { return candidate }
            candidate = Path.parent(candidate)
        }
        return folder
    }

    private static func isMarked(_ folder: String) -> Bool {
        markers.contains { FileSystem.kind(of: "\(folder)/\($0)") == .file }
    }
}
