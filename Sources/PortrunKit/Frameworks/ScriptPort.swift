import PortrunBase

/// The port that a script takes when nobody sets `PORT`: `process.env.PORT || 3000`, `os.environ.get("PORT", "3000")`,
/// `ENV.fetch("PORT", 3000)`.
enum ScriptPort {
    /// The file that `program` runs, when it is one whose text can be read: `node server.js`, `python app.py`.
    ///
    /// - Parameter arguments: those of the program, or of the file where that is the program.
    static func file(of program: String, _ arguments: ArraySlice<ScriptWord>, in folder: String) -> String? {
        call(of: program, arguments, in: folder)?.file
    }

    /// The same with the words behind the file.
    static func call(
        of program: String, _ arguments: ArraySlice<ScriptWord>, in folder: String
    ) -> (file: String, rest: ArraySlice<ScriptWord>)? {
        var words = arguments
        if isScript(program) { return path(of: program, in: folder).map { ($0, arguments) } }
        guard runners.contains(Path.lastName(program)) else { return nil }
        words = words.skippingFlags(valued: [
            "-r", "--require", "--import", "--loader", "--env-file", "-C", "-w", "--watch-path",
        ])
        if words.first?.text == "run" || words.first?.text == "watch" {
            words = words.dropFirst().skippingFlags(valued: [])
        }
        guard let word = words.first, word.isLiteral else { return nil }
        return path(of: word.text, in: folder).map { ($0, words.dropFirst()) }
    }

    /// Whether the script at `path` names `PORT`.
    static func mentionsPort(_ path: String, _ look: Look) -> Bool {
        ConfiguredPort.read(path, look).map { !PortMention.all(in: $0).isEmpty } ?? false
    }

    /// Whether the script at `path` takes its port from `PORT` and has none for when nobody sets that.
    static func needsPort(_ path: String, _ look: Look) -> Bool {
        guard let bytes = ConfiguredPort.read(path, look) else { return false }
        var isRead = false
        for mention in PortMention.all(in: bytes) {
            if mention.alternative != nil { return false }
            isRead = isRead || mention.isOfEnvironment
        }
        return isRead
    }

    /// The port that the script at `path` says; nil for none, and where it says several.
    static func find(in path: String, _ look: Look) -> ConfiguredPort? {
        guard let bytes = ConfiguredPort.read(path, look) else { return nil }
        var found: ConfiguredPort?
        for mention in PortMention.all(in: bytes) {
            guard let number = mention.alternative, let port = Port(number) else { continue }
            if let found {
                if found.port != port { return nil }
            } else {
                // Counted once: a large file may say it very often.
                found = ConfiguredPort(number, path, line: bytes.lineNumber(at: mention.start))
            }
        }
        return found
    }

    /// True for the name of a program whose script may be read, and of such a script.
    static func runs(_ name: String) -> Bool { runners.contains(name) || isScript(name) }

    private static let runners = ["node", "nodejs", "tsx", "ts-node", "nodemon", "bun", "deno", "ruby"]

    private static let endings = [".js", ".mjs", ".cjs", ".ts", ".mts", ".py", ".rb", ".php"]

    static func isScript(_ word: String) -> Bool { endings.contains { word.hasSuffix($0) } }

    /// node finds `server` as `server.js` and `api` as `api/index.js`, too.
    private static func path(of word: String, in folder: String) -> String? {
        let path = Path.absolute(word, in: folder)
        return [path, path + ".js", path + "/index.js"].first { FileSystem.kind(of: $0) == .file }
    }
}
