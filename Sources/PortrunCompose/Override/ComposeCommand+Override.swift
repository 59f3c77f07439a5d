import PortrunBase

extension ComposeCommand {
    /// `arguments` with an override file behind the files that the command loads.
    ///
    /// Where the command names none, those that compose finds by itself are named, for naming one switches its search
    /// off. The project's folder is named where compose would take it from the override file, the only one that is not
    /// standard input.
    /// - Parameters:
    ///   - arguments: the command's words, byte for byte and with their placeholders filled in.
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

    /// The version of the program when that is too old for `!override`; nil when it is not, or is not there.
    ///
    /// - Parameters:
    ///   - program: the files to try for the program, in order.
    ///   - environment: the program's, and without a shim in `PATH`.
    ///   - state: where portrun keeps its files, among them the versions that are known.
    ///   - isRemembered: note the version there.
    /// - Throws: when it has no compose or does not tell its version, or nobody has tried it.
    package func versionWithoutOverride(
        program candidates: [[UInt8]], environment: Environment, state: StateFolder,
        isRemembered: Bool = true
    ) throws(RemapError) -> ComposeVersion? {
        guard tool != .nerdctl else { throw .untried(program: name) }
        // One that is not there: the launch itself says so better.
        guard let program = askedProgram(among: candidates) else { return nil }
        let path = String(decoding: program, as: UTF8.self)
        let question = question(to: path)
        let store = ComposeVersionStore(in: state)
        let key = ComposeFingerprint(of: question, environment).text
        if let version = store.version(for: key) { return version.knowsOverride ? nil : version }
        // Without its compose a docker or podman would complain of the `-f` that it gets.
        let answer = CapturedProgram(program, environment: environment).run(
            question, until: Deadline(after: .seconds(10)))
        guard answer.status == 0 else { throw .missing(program: name) }
        guard let version = ComposeVersion(answer.output) else { throw .unsupported(program: name, version: nil) }
        if isRemembered { store.add(version, for: key) }
        return version.knowsOverride ? nil : version
    }

    /// The file that is asked in the name of the command: the one that it executes, but none from a relative folder of
    /// `PATH`, unless the user has typed where it is.
    ///
    /// - Parameter candidates: the files to try for the program, in order.
    func askedProgram(among candidates: [[UInt8]]) -> [UInt8]? {
        let slash = UInt8(ascii: "/")
        let isPath = words[0].utf8.contains(slash)
        return candidates.first { (isPath || $0.first == slash) && FileSystem.isExecutable($0) }
    }

    /// Makes sure that the program understands `!override`; for the parameters see `versionWithoutOverride`.
    package func checkOverrideSupport(
        program candidates: [[UInt8]], environment: Environment, state: StateFolder
    ) throws(RemapError) {
        let version = try versionWithoutOverride(
            program: candidates, environment: environment, state: state)
        if let version { throw .unsupported(program: name, version: version) }
    }

    /// True when the program has told before that it is too old for `!override`; nothing is started to ask it.
    package func isKnownToBeTooOld(program candidates: [[UInt8]], environment: Environment, state: StateFolder) -> Bool
    {
        guard let program = candidates.first(where: FileSystem.isExecutable) else { return false }
        let question = question(to: String(decoding: program, as: UTF8.self))
        let key = ComposeFingerprint(of: question, environment).text
        return ComposeVersionStore(in: state).version(for: key)?.knowsOverride == false
    }

    /// The words that ask the program at `path` for its version.
    private func question(to path: String) -> [String] { [path] + words[1..<programEnd] + ["version"] }
}
