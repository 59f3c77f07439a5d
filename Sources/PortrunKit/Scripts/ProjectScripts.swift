import PortrunBase

/// The makefiles, package scripts and shell scripts of a project, where they usually are.
enum ProjectScripts {
    private static let endings = [".sh", ".bash", ".mk", ".mak", ".just"]
    private static let folders = ["bin", "script", "scripts", "tools", "hack", "docker", ".devcontainer"]
    static let fileLimit = 64
    private static let sizeLimit = 1 << 18
    /// Of all files together.
    private static let totalLimit = 1 << 20

    /// Those in `root`, and in the folders below it where scripts usually are.
    ///
    /// Not through links: what they lead to is found where it is, or is not the project's.
    static func all(in root: String, _ look: Look) -> [ProjectScript] {
        guard let names = look.names(in: root, for: root) else { return [] }
        var paths: [String] = []
        for name in names.sorted() where isScript(name) { paths.append(root + "/" + name) }
        for folder in folders where names.contains(folder) {
            let path = root + "/" + folder
            guard FileSystem.link(at: path) == nil else { continue }
            for name in (look.names(in: path, for: root) ?? []).sorted() where folder == "bin" || isScript(name) {
                paths.append(path + "/" + name)
            }
        }
        var scripts: [ProjectScript] = []
        var total = 0
        for path in paths where scripts.count < fileLimit && total < totalLimit {
            guard FileSystem.link(at: path) == nil, let script = read(path, look) else { continue }
            scripts.append(script)
            total += script.bytes.count
        }
        return scripts
    }

    /// nil for what is no text of the usual size. It is not even opened: a program would use up all that a look may read.
    ///
    /// None of the look's files, which a user allows: what such a text leads to is read and allowed for itself.
    static func read(_ path: String, _ look: Look) -> ProjectScript? {
        var status = stat()
        guard stat(path, &status) == 0, FileSystem.kind(of: path) == .file, status.st_size <= sizeLimit,
            let bytes = try? look.readBesides(path), !bytes.prefix(1024).contains(0)
        else { return nil }
        return ProjectScript(path: path, bytes: bytes)
    }

    /// True for a file that is called as one of another script's words.
    static func isCalled(_ word: String) -> Bool { endings.contains(where: word.hasSuffix) }

    private static func isScript(_ name: String) -> Bool {
        switch name {
        case "Makefile", "makefile", "GNUmakefile", "justfile", "Justfile", ".justfile", "Taskfile.yml",
            "Taskfile.yaml", "package.json", "Procfile", "Procfile.dev":
            true
        default: endings.contains(where: name.hasSuffix)
        }
    }
}

/// One of them. A class, since arrays of all classes have one type.
final class ProjectScript: Sendable {
    /// Absolute.
    let path: String
    let bytes: [UInt8]

    init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}
