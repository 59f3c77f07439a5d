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
        ConfiguredPort.read(path, look).map { !mentions(in: $0).isEmpty } ?? false
    }

    /// Whether the script at `path` takes its port from `PORT` and has none for when nobody sets that.
    static func needsPort(_ path: String, _ look: Look) -> Bool {
        guard let bytes = ConfiguredPort.read(path, look) else { return false }
        var isRead = false
        for start in mentions(in: bytes) {
            if alternative(bytes[(start + 4)...]) != nil { return false }
            isRead = isRead || isOfEnvironment(start, in: bytes)
        }
        return isRead
    }

    /// Where `PORT` stands as a name of its own.
    private static func mentions(in bytes: [UInt8]) -> [Int] {
        var mentions: [Int] = []
        var index = 0
        while let start = bytes[index...].firstIndex(of: UInt8(ascii: "P")) {
            index = start + 1
            guard bytes[start...].starts(with: "PORT".utf8), start == 0 || !Environment.isPart(bytes[start - 1])
            else { continue }
            let end = start + 4
            if end == bytes.count || !Environment.isPart(bytes[end]) { mentions.append(start) }
        }
        return mentions
    }

    /// `env.PORT`, `environ["PORT"]`, `ENV['PORT']`, `{ PORT } = process.env`
    private static func isOfEnvironment(_ start: Int, in bytes: [UInt8]) -> Bool {
        let signs = "\"'[(.{, "
        var end = start
        while end > 0, signs.utf8.contains(bytes[end - 1]) { end -= 1 }
        let line = bytes[(start + 4)...].prefix { $0 != UInt8(ascii: "\n") }
        if line.first(where: { $0 != UInt8(ascii: " ") }).map({ ",}".utf8.contains($0) }) == true,
            String(decoding: line, as: UTF8.self).contains("process.env")
        {
            return true
        }
        var first = end
        while first > 0, Environment.isPart(bytes[first - 1]) { first -= 1 }
        guard end < start else { return false }
        switch String(decoding: bytes[first..<end], as: UTF8.self).lowercased() {
        case "env", "environ", "getenv", "get", "fetch", "lookupenv": return true
        default: return false
        }
    }

    /// The port that the script at `path` says; nil for none, and where it says several.
    static func find(in path: String, _ look: Look) -> ConfiguredPort? {
        guard let bytes = ConfiguredPort.read(path, look) else { return nil }
        var found: ConfiguredPort?
        for start in mentions(in: bytes) {
            guard let number = alternative(bytes[(start + 4)...]), let port = Port(number) else { continue }
            if let found {
                if found.port != port { return nil }
            } else {
                // Counted once: a large file may say it very often.
                found = ConfiguredPort(number, path, line: bytes.lineNumber(at: start))
            }
        }
        return found
    }

    /// The number that `text` has for `PORT` where it names that once.
    static func onlyNumber(in text: [UInt8]) -> Int? {
        let mentions = mentions(in: text)
        return mentions.count == 1 ? alternative(text[(mentions[0] + 4)...]) : nil
    }

    /// The number behind what closes the variable's name and `||`, `??`, `?:`, `or`, or a comma of `get("PORT", 8000)`.
    ///
    /// Any other comma ends an argument: `listen(process.env.PORT, "127.0.0.1")`.
    private static func alternative(_ rest: ArraySlice<UInt8>) -> Int? {
        var rest = rest
        let isKeyOfCall = rest.first.map { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'") } ?? false
        func skip(_ characters: String) {
            while let byte = rest.first, characters.utf8.contains(byte) { rest = rest.dropFirst() }
        }
        let closing = rest.prefix { "\"')] ".utf8.contains($0) }
        let hasDefault = isKeyOfCall && closing.dropFirst().allSatisfy { $0 == UInt8(ascii: " ") }
        skip("\"')] ")
        // `parseInt(process.env.PORT, 10) || 3000`
        for radix in [", 10)", ",10)"] where rest.starts(with: radix.utf8) {
            rest = rest.dropFirst(radix.utf8.count)
            skip(") ")
        }
        for sign in ["||", "??", "?:", "or ", ","] where rest.starts(with: sign.utf8) {
            if sign == ",", !hasDefault { return nil }
            rest = rest.dropFirst(sign.utf8.count)
            skip(" \"'")
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            let next = rest.dropFirst(digits.count).first
            if let next, Environment.isPart(next) || next == UInt8(ascii: ".") { return nil }
            return Int(String(decoding: digits, as: UTF8.self))
        }
        return nil
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
