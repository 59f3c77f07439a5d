import PortrunBase

/// The files of a checkout that people write, tracked or ignored, as far as a look goes.
///
/// Folders of what tools fetch or make are left out, and so are those of other repositories inside.
enum ProjectFiles {
    private static let foreign: Set<ExactString> = Set(of: [
        "node_modules", "bower_components", "vendor", "Pods", "target", "dist", "build", "out", "coverage", "venv",
        "__pycache__", "site-packages", "tmp", "log", "DerivedData",
    ])

    /// The paths in `folder` and below whose name `isWanted`, in their order.
    static func paths(below folder: String, _ look: Look, where isWanted: (_ name: String) -> Bool) -> [String] {
        var paths: [String] = []
        add(to: &paths, folder, depth: 0, look, isWanted)
        return paths
    }

    private static let depthLimit = 12

    private static func add(
        to paths: inout [String], _ folder: String, depth: Int, _ look: Look, _ isWanted: (String) -> Bool
    ) {
        guard depth <= depthLimit, let names = look.names(in: folder, for: folder) else { return }
        if depth > 0, names.contains(".git") { return }
        for name in names.sorted() where look.end == nil {
            let path = (folder == "/" ? "" : folder) + "/" + name
            // Not through links: what they lead to is found where it is.
            guard FileSystem.link(at: path) == nil else { continue }
            switch FileSystem.kind(of: path) {
            case .directory:
                if foreign.contains(name) || (name.hasPrefix(".") && !known.contains(name)) { continue }
                add(to: &paths, path, depth: depth + 1, look, isWanted)
            case .file: if isWanted(name) { paths.append(path) }
            default: continue
            }
        }
    }

    /// Hidden folders that people write in.
    private static let known = [".vscode", ".idea", ".github", ".devcontainer", ".config"]
}
