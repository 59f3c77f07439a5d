extension ComposeCommand {
    /// `arguments` with an override file behind the files that the command loads.
    ///
    /// Where the command names none, those that compose finds by itself are named, for naming one switches its search
    /// off. The project's folder is named where compose would take it from the override file, the only one that is not
    /// standard input.
    /// - Parameters:
    ///   - arguments: those that this value was made from, byte for byte.
    ///   - found: the project's files, in the order of loading.
    ///   - directory: the project's folder.
    package func arguments(
        _ arguments: [[UInt8]], loading found: [String], in directory: String, override path: String
    ) -> [[UInt8]] {
        var flags: [String] = []
        if projectDirectory == nil, found.allSatisfy({ $0 == "-" }) {
            flags += ["--project-directory", directory]
        }
        for file in (files.isEmpty ? found : []) + [path] { flags += ["-f", file] }
        return Array(arguments[..<flagsEnd]) + flags.map { Array($0.utf8) } + Array(arguments[flagsEnd...])
    }

    /// Makes sure that the program understands `!override`.
    ///
    /// - Parameters:
    ///   - arguments: those that this value was made from.
    ///   - program: the files to try for the program, in order.
    ///   - environment: the program's, and without a shim in `PATH`.
    ///   - state: where portrun keeps its files, among them the versions that are known.
    package func checkOverrideSupport(
        _ arguments: [String], program candidates: [[UInt8]], environment: Environment, state: String
    ) throws(RemapError) {
        let name = tool.isComposeItself ? tool.rawValue : "\(tool.rawValue) compose"
        guard tool != .nerdctl else { throw .untried(program: name) }
        // One that is not there, or broken: the launch itself says so better.
        guard let program = candidates.first(where: FileSystem.isExecutable) else { return }
        let path = String(decoding: program, as: UTF8.self)
        let words = [path] + arguments[1..<max(programEnd, 1)] + ["version"]
        let store = ComposeVersionStore(in: state)
        let key = ComposeFingerprint(of: words, environment).text
        if let version = store.version(for: key), version.knowsOverride { return }
        guard let answer = CapturedProgram(path, environment: environment)?.run(words), answer.status == 0
        else { return }
        let version = ComposeVersion(answer.output)
        guard let version, version.knowsOverride else { throw .unsupported(program: name, version: version) }
        store.add(version, for: key)
    }
}
