import PortrunBase
import PortrunCompose

/// The compose projects that a project's makefiles and scripts name: `docker compose -f infra/compose.yaml up`,
/// `cd infra && docker compose up`, `COMPOSE_FILE := infra/compose.yaml`.
///
/// Nothing is run or expanded. A word counts when a compose file stands where it leads to: from the folders that the text
/// goes to, from its own, or from the root, whatever variable is in front of the path.
struct ScriptedComposeFiles {
    /// Files that one command names, in order.
    private(set) var requests: [ComposeRequest] = []
    /// There are more.
    private(set) var isCutShort = false

    private let root: String
    private let resolvedRoot: String
    private let environment: Environment
    private let look: Look
    private var queue: [ProjectScript] = []
    private var probes = 0
    /// What has been found of files that are named like compose ones.
    private var known: [(path: String, isOfCompose: Bool)] = []

    /// Of the script that is read: the folders that it goes to, the last one first.
    private var folders: [String] = []
    /// Those of them in which compose finds a file by itself, as long as none in them is named.
    private var projectFolders: [String] = []
    private var command = Command()

    /// What a command names, so far.
    private struct Command {
        var files: [String] = []
        var envFiles: [String] = []
        var projectDirectory: String?
    }

    private var name = ScriptedProjectName()
    /// What commands demand for the projects that compose finds in folders.
    private var demanded: [(folder: String, name: String)] = []

    static let requestLimit = 16
    /// Words are looked for on the disk.
    private static let probeLimit = 512

    /// - Parameters:
    ///   - root: of the checkout; nothing outside counts.
    ///   - folder: the one where the user is.
    ///   - environment: the user's.
    init(in root: String, _ folder: String, environment: Environment, _ look: Look) {
        self.root = root
        self.look = look
        var environment = environment
        // These are about the project that compose finds by itself.
        for name in ["COMPOSE_FILE", "COMPOSE_PROFILES", "COMPOSE_ENV_FILES"] { environment.remove(name) }
        self.environment = environment
        queue = ProjectScripts.all(in: root, look)
        if folder != root, Path.relative(folder, to: root) != nil { queue += ProjectScripts.all(in: folder, look) }
        guard !queue.isEmpty, let resolved = FileSystem.resolved(root) else {
            resolvedRoot = root
            return
        }
        resolvedRoot = resolved
        var index = 0
        while index < queue.count, look.end == nil, !isCutShort {
            read(queue[index])
            index += 1
        }
    }

    private mutating func read(_ script: ProjectScript) {
        guard look.goesOn(after: script.bytes.count / 64, in: script.path) else { return }
        let own = Path.parent(script.path)
        let isOfCompose = script.bytes.holds(Array("compose".utf8))
        (folders, projectFolders, command) = ([own] + (own == root ? [] : [root]), [], Command())
        (name, demanded) = (ScriptedProjectName(), [])
        for token in ScriptTokens(script.bytes) {
            guard look.goesOn(after: 1, in: script.path) else { break }
            if token.startsCommand { endCommand() }
            if isOfCompose { name.take(token) }
            take(token, isOfCompose: isOfCompose)
        }
        endCommand()
        for folder in projectFolders where !demanded.contains(where: { $0.folder == folder }) {
            add(ComposeRequest(workingDirectory: folder, environment: environment))
        }
        for (folder, name) in demanded {
            add(ComposeRequest(workingDirectory: folder, projectName: name, environment: environment))
        }
    }

    private mutating func take(_ token: ScriptTokens.Token, isOfCompose: Bool) {
        let text = token.text
        if text.hasSuffix(".yml") || text.hasSuffix(".yaml") {
            if isOfCompose, let path = find(text, .file), isComposeFile(path) { command.files.append(path) }
        } else if isOfCompose, token.before == "--env-file" {
            if let path = find(text, .file) { command.envFiles.append(path) }
        } else if ProjectScripts.isCalled(text) {
            call(text)
        } else if Self.leadsToFolder(token, isOfCompose: isOfCompose), let path = find(text, .directory) {
            go(to: path)
            if token.before == "--project-directory" { command.projectDirectory = path }
        }
    }

    private static func leadsToFolder(_ token: ScriptTokens.Token, isOfCompose: Bool) -> Bool {
        switch token.before {
        case "cd", "pushd", "-C", "--directory", "--project-directory", "--workdir", "--cwd", "--prefix", "dir": true
        default: isOfCompose && (token.isAssigned || token.text.utf8.contains(UInt8(ascii: "/")))
        }
    }

    /// Has another script of the project be read, too.
    private mutating func call(_ text: String) {
        guard queue.count < ProjectScripts.fileLimit, let path = find(text, .file), isInside(path),
            !queue.contains(where: { $0.path == path }), let script = ProjectScripts.read(path, look)
        else { return }
        queue.append(script)
    }

    private mutating func go(to folder: String) {
        guard folder != root, !folders.contains(folder) else { return }
        folders.insert(folder, at: 0)
        if hasComposeFile(folder) { projectFolders.append(folder) }
    }

    /// Compose finds a file there by itself.
    private func hasComposeFile(_ folder: String) -> Bool {
        ComposeLocator.fileNames.contains { FileSystem.kind(of: folder + "/" + $0) == .file } && isInside(folder)
    }

    private mutating func endCommand() {
        defer {
            command = Command()
            name.startCommand()
        }
        guard !command.files.isEmpty else {
            if name.isOfCompose, let name = name.name, let folder = folders.first(where: hasComposeFile) {
                demanded.append((folder, name))
            }
            return
        }
        projectFolders.removeAll { folder in command.files.contains { Path.parent($0) == folder } }
        add(
            ComposeRequest(
                workingDirectory: root, files: command.files, envFiles: command.envFiles,
                projectDirectory: command.projectDirectory, projectName: name.name,
                environment: environment))
    }

    private mutating func add(_ request: ComposeRequest) {
        var request = request
        // Which of them a script selects is not known, and each of their ports is the project's.
        request.profiles = ["*"]
        if requests.contains(request) { return }
        if requests.count < Self.requestLimit { requests.append(request) } else { isCutShort = true }
    }

    /// The file or folder that a word leads to; nil where there is none in the checkout.
    private mutating func find(_ word: String, _ kind: FileSystem.Kind) -> String? {
        var path = word
        if path.hasPrefix("$") {
            guard let end = path.utf8.firstIndex(of: UInt8(ascii: "/")) else { return nil }
            path = String(path[end...])
        }
        if path.hasPrefix("/") {
            if Path.relative(path, to: root) != nil, isThere(path, kind) { return path }
            path = String(decoding: path.utf8.drop { $0 == UInt8(ascii: "/") }, as: UTF8.self)
        }
        if path.isEmpty || path.utf8.count > 1024 { return nil }
        for folder in folders {
            let found = Path.absolute(path, in: folder)
            if Path.relative(found, to: root) != nil, isThere(found, kind) { return found }
        }
        return nil
    }

    private mutating func isThere(_ path: String, _ kind: FileSystem.Kind) -> Bool {
        probes += 1
        return probes <= Self.probeLimit && look.goesOn(after: 8, in: path) && FileSystem.kind(of: path) == kind
    }

    /// No link leads out of the checkout.
    private func isInside(_ path: String) -> Bool {
        FileSystem.resolved(path).map { Path.relative($0, to: resolvedRoot) != nil } ?? false
    }

    /// True for a file in the checkout that has services, whatever it is called.
    private mutating func isComposeFile(_ path: String) -> Bool {
        if let found = known.first(where: { $0.path == path }) { return found.isOfCompose }
        var isOfCompose = false
        if isInside(path), let script = ProjectScripts.read(path, look) {
            isOfCompose =
                Path.lastName(path).contains("compose") || script.bytes.starts(with: "services:".utf8)
                || script.bytes.holds(Array("\nservices:".utf8))
        }
        known.append((path, isOfCompose))
        return isOfCompose
    }
}
