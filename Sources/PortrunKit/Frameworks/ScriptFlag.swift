import PortrunBase

/// The flag by which a command line tells a script of the project's own its port: `node server.js --port 4000`,
/// `tsx watch src/index.ts -p 4000`.
///
/// Nobody knows what such a script makes of its words. So only a flag that nearly all servers have for it counts, once
/// on the line, with a plain number, and for a script that seems to serve something.
struct ScriptFlag {
    let port: Port
    let injection: Framework.Injection
    let word: ScriptWord

    static let spellings = ["--port", "-p"]

    /// nil where there is none, or anything else than a plain number.
    ///
    /// - Parameter arguments: the script's.
    init?(in arguments: ArraySlice<ScriptWord>) {
        var found: ScriptFlag?
        var index = arguments.startIndex
        while index < arguments.endIndex, arguments[index].text != "--" {
            let word = arguments[index]
            index += 1
            guard let spelling = Self.spellings.first(where: { Self.has($0, word.text) }) else { continue }
            if found != nil { return nil }
            if word.text == spelling {
                guard index < arguments.endIndex, let flag = Self(arguments[index], after: nil, .flag(spelling))
                else { return nil }
                found = flag
                index += 1
            } else {
                guard let flag = Self(word, after: spelling + "=", .joined(spelling)) else { return nil }
                found = flag
            }
        }
        guard let found else { return nil }
        self = found
    }

    private init?(_ word: ScriptWord, after prefix: String?, _ injection: Framework.Injection) {
        let text = prefix.map { word.text.rest(after: $0) } ?? word.text
        guard word.isLiteral, let port = text.flatMap({ Port($0) }), !port.isPrivileged else { return nil }
        (self.port, self.injection, self.word) = (port, injection, word)
    }

    /// `-p80` too, which is none that is read, and so makes the line ambiguous.
    private static func has(_ spelling: String, _ word: String) -> Bool {
        guard let rest = word.rest(after: spelling) else { return false }
        return rest.isEmpty || rest.hasPrefix("=")
            || (spelling == "-p" && rest.utf8.allSatisfy { (48...57).contains($0) })
    }

    /// Whether the script at `path` may be a server: a client has such flags as well.
    static func mayServe(_ path: String, _ look: Look) -> Bool {
        ConfiguredPort.read(path, look).map { ServerEvidence.isThere(in: $0, of: path) } ?? false
    }
}
