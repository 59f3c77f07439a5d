import PortrunBase

/// Finds the files that make a compose project, and the variables they are interpolated with.
///
/// `-f` wins over `COMPOSE_FILE`, and that over the files of the working folder or the nearest one above it; only the
/// last take an override file along. `COMPOSE_FILE` may itself stand in the `.env` beside the files found without it
/// (compose 2.26; https://docs.docker.com/compose/how-tos/environment-variables/envvars/).
package struct ComposeLocator {
    /// Absolute paths in the order of loading, `-` for standard input; empty when there is no project.
    private(set) var files: [String]
    /// The folder that relative paths start from.
    private(set) var directory: String
    private(set) var environment: ComposeEnvironment

    private let request: ComposeRequest
    private let workingDirectory: String

    package static let fileNames = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"]
    package static let overrideNames = [
        "compose.override.yml", "compose.override.yaml", "docker-compose.override.yml",
        "docker-compose.override.yaml",
    ]

    /// - Throws: for an env file that is named but missing, unreadable or malformed.
    init(_ request: ComposeRequest, _ diagnostics: inout ComposeDiagnostics) throws(DiscoveryError) {
        self.request = request
        environment = ComposeEnvironment(shell: request.environment)
        workingDirectory = Self.logicalWorkingDirectory(request)
        files = []
        directory = ""
        locate()
        let declared = request.environment["COMPOSE_ENV_FILES"] ?? ""
        var envFiles = request.envFiles
        if envFiles.isEmpty, !declared.isEmpty {
            envFiles = declared.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        if envFiles.isEmpty {
            try readDefaultEnvFile(&diagnostics)
        } else {
            try readEnvFiles(envFiles, &diagnostics)
        }
        // Only a variable from a file can lead elsewhere than before.
        guard environment.hasFileVariables else { return }
        let before = directory
        locate()
        if envFiles.isEmpty, directory != before { try readDefaultEnvFile(&diagnostics) }
    }

    /// Whether there is a compose file for `request`, as far as that is known without reading any file.
    package static func findsFiles(_ request: ComposeRequest) -> Bool {
        !request.files.isEmpty || request.environment["COMPOSE_FILE"] != nil
            || !filesAbove(logicalWorkingDirectory(request)).isEmpty
    }

    /// `--profile`, else the names in `COMPOSE_PROFILES`.
    var profiles: [String] {
        guard request.profiles.isEmpty else { return request.profiles }
        // Without any, this is one empty name, which a service may have among its own.
        guard let list = environment["COMPOSE_PROFILES"], !list.isEmpty else { return [""] }
        return list.split(separator: ",", omittingEmptySubsequences: false).map { name in
            var name = name
            while name.first?.isWhitespace == true { name.removeFirst() }
            while name.last?.isWhitespace == true { name.removeLast() }
            return String(name)
        }
    }

    private mutating func locate() {
        if !request.files.isEmpty {
            files = request.files.map { $0 == "-" ? $0 : Path.absolute($0, in: workingDirectory) }
        } else if let list = environment["COMPOSE_FILE"] {
            files = split(list, separator: environment["COMPOSE_PATH_SEPARATOR"] ?? ":").map {
                Path.absolute($0, in: workingDirectory)
            }
        } else {
            files = Self.filesAbove(request.projectDirectory.map(absolute) ?? workingDirectory)
        }
        let first = files.first { $0 != "-" }
        directory = request.projectDirectory.map(absolute) ?? first.map(Path.parent) ?? workingDirectory
    }

    /// The files that compose finds by itself in `folder`, or in the nearest one above it that has any.
    private static func filesAbove(_ folder: String) -> [String] {
        var folder = folder
        while true {
            let prefix = folder == "/" ? "/" : folder + "/"
            if let name = fileNames.first(where: { FileSystem.kind(of: prefix + $0) != nil }) {
                let override = overrideNames.first { FileSystem.kind(of: prefix + $0) != nil }
                return [prefix + name] + (override.map { [prefix + $0] } ?? [])
            }
            if folder == "/" { return [] }
            folder = Path.parent(folder)
        }
    }

    private func split(_ list: String, separator: String) -> [String] {
        guard let mark = separator.first, separator.count == 1 else { return [list] }
        return list.split(separator: mark, omittingEmptySubsequences: false).map(String.init)
    }

    private func absolute(_ path: String) -> String { Path.absolute(path, in: workingDirectory) }

    private mutating func readDefaultEnvFile(_ diagnostics: inout ComposeDiagnostics) throws(DiscoveryError) {
        if let setting = environment["COMPOSE_DISABLE_ENV_FILE"] {
            if ["1", "t", "T", "true", "True", "TRUE"].contains(setting) { return }
            if !["0", "f", "F", "false", "False", "FALSE"].contains(setting) {
                try diagnostics.report(.notABoolean(variable: "COMPOSE_DISABLE_ENV_FILE", value: setting))
            }
        }
        let path = Path.absolute(".env", in: directory)
        guard let kind = FileSystem.kind(of: path), kind != .directory else { return }
        try readEnvFiles([path], &diagnostics, isFirst: false)
    }

    private mutating func readEnvFiles(
        _ paths: [String], _ diagnostics: inout ComposeDiagnostics, isFirst: Bool = true
    ) throws(DiscoveryError) {
        for path in paths {
            do throws(DiscoveryError) {
                let known = environment
                let file = try DotenvFile(at: absolute(path), relativeTo: workingDirectory, diagnostics.look) {
                    known[$0]
                }
                if isFirst { environment.add(file) } else { environment.addBelow([file]) }
            } catch {
                try diagnostics.report(error)
            }
        }
    }

    /// The working folder by the name the user reached it under: `PWD` when that is the same folder, as in Go's os.Getwd.
    private static func logicalWorkingDirectory(_ request: ComposeRequest) -> String {
        guard let name = request.environment["PWD"], name.hasPrefix("/"), name != request.workingDirectory,
            FileSystem.resolved(name) == FileSystem.resolved(request.workingDirectory)
        else { return request.workingDirectory }
        return Path.absolute(name, in: "/")
    }
}
