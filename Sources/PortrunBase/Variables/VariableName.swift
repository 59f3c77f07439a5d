/// A variable's name in capitals, and what its words say.
struct VariableName {
    private let name: String

    /// What a name means to programs.
    enum Standing {
        /// Some take it for code, a path or their configuration.
        case obeyed
        /// Its words say that it is a port.
        case port
        /// Its words say that it is an address.
        case address
        case other
    }

    /// No project has longer ones, and every question goes through all of it.
    private static let longest = 1024

    /// nil for what no shell takes for a name, and for what is longer than any.
    init?(_ name: String) {
        guard name.utf8.count <= Self.longest, Environment.isIdentifier(name) else { return nil }
        var capitals: [UInt8] = []
        for byte in name.utf8 { capitals.append((97...122).contains(byte) ? byte - 32 : byte) }
        self.name = String(decoding: capitals, as: UTF8.self)
    }

    /// Most names end in `_PORT`, and cost no more than a few comparisons.
    var standing: Standing {
        for beginning in Self.closedBeginnings where name.hasPrefix(beginning) { return .obeyed }
        if name == "PORT" || name.hasSuffix("_PORT") { return .port }
        // What python reads has mostly no `_` behind its name.
        if name.hasPrefix("PYTHON"), !name.hasPrefix("PYTHON_") { return .obeyed }
        if Self.obeyedNames.contains(name) || Self.isShellName(name) { return .obeyed }
        if Self.obeyedEndings.contains(where: name.hasSuffix) { return .obeyed }
        let words = words
        if Self.obeyedLastWords.contains(words.last ?? "") { return .obeyed }
        if words.contains(where: Self.isPort) { return .port }
        let tool = words.count > 1 ? words[0] : ""
        if Self.closedTools.contains(tool) || words.contains(where: Self.toolWords.contains) { return .obeyed }
        if isSource(words) { return .obeyed }
        if Self.addressWords.contains(meaningfulLastWord(words)), !mayBeModule(words) { return .address }
        return Self.openTools.contains(tool) ? .obeyed : .other
    }

    /// True for the names that compose files have for ports without the word: `HTTP`, `SENTRY_BIND`, and single
    /// letters, which mean nothing to programs.
    var mayBePort: Bool { name.utf8.count == 1 || Self.portWords.contains(meaningfulLastWord(words)) }

    /// True for the names of addresses without such a word at the end: `REDIS`, `API_BASE`, `VITE_SHOP`, and single
    /// letters.
    var mayBeAddress: Bool {
        if mayBePort || Self.pageBeginnings.contains(where: name.hasPrefix) { return true }
        let words = words
        if Self.serviceWords.contains(meaningfulLastWord(words)) || words.last == "S3" { return true }
        if Self.baseWords.contains(words.last ?? "") {
            return words.dropLast().last.map(Self.addressWords.contains) ?? false
        }
        return words.contains(where: Self.addressWordsAnywhere.contains)
    }

    /// True where the last word is a program's part, of whatever a module or a socket is for the tool before it:
    /// `PYTHON_KEYRING_BACKEND`, `NVIM_LISTEN_ADDRESS`; not `API_BACKEND`.
    private func mayBeModule(_ words: [String]) -> Bool {
        switch words.last ?? "" {
        case "BACKEND", "FRONTEND":
            guard let before = words.dropLast().last else { return false }
            return !Self.addressWords.contains(before) && !Self.portWords.contains(before)
                && !Self.pageBeginnings.contains(where: name.hasPrefix)
        case "ADDRESS", "HOSTS": return Self.openTools.contains(words[0])
        default: return false
        }
    }

    /// True for a place from which installers fetch what is run then: `FFMPEG_BINARIES_URL`, `SQLITE3_BINARY_SITE`,
    /// `UV_INSTALLER_URL`, `BOWER_REGISTRY`; not `SCHEMA_REGISTRY`, nor what projects call so themselves, as `REGISTRY_URL`.
    private func isSource(_ words: [String]) -> Bool {
        guard words.count > 1, let last = words.last else { return false }
        var before = words[words.count - 2]
        if last == "REGISTRY" || last == "REGISTRIES" { return before != "SCHEMA" && before != "SERVICE" }
        if words.count > 2, ["BASE", "ROOT", "SOURCE", "REMOTE"].contains(before) { before = words[words.count - 3] }
        switch before {
        case "BINARY", "BINARIES", "INSTALLER", "INSTALLERS", "PREBUILT", "PREBUILTS", "PREBUILD", "PREBUILDS", "JAR",
            "JARS",
            "TARBALL", "TARBALLS", "WHEEL", "WHEELS", "TOOLCHAIN", "TOOLCHAINS", "EXECUTABLE", "EXECUTABLES":
            return Self.addressWords.contains(meaningfulLastWord(words))
        default: return false
        }
    }

    /// True for what may have a path behind its host without a scheme before it: `API_URL=localhost:3000/v1`. For others
    /// that would be the name of a file: `X_DB=localhost:1/x.db`.
    var mayHavePath: Bool {
        let words = words
        return words.contains(where: Self.addressWordsAnywhere.contains) || words.last == "API"
    }

    /// True for lists that say who may call, and those of a cluster's servers, which have other machines' names as well.
    var mayNameOthers: Bool {
        let words = words
        let last = words.last ?? ""
        return Self.listWords.contains(last)
            || (words.contains("ALLOWED") || words.contains("CORS")) && Self.allowedWords.contains(last)
    }

    /// True for `PUBLIC_PATH` and its kin, which are no path of a file when their value is a URL.
    var isPartOfURL: Bool {
        let words = words
        guard words.count > 1, words.last == "PATH", !Self.closedBeginnings.contains(where: name.hasPrefix) else {
            return false
        }
        return Self.urlWords.contains(words[words.count - 2]) && !Self.closedTools.contains(words[0])
            && !Self.openTools.contains(words[0])
    }

    private var words: [String] { name.split(separator: "_").map(String.init) }

    /// The last one that is no number: `REDIS_2`, `HTTP2`.
    private func meaningfulLastWord(_ words: [String]) -> String {
        for word in words.reversed() {
            let letters = word.utf8.reversed().drop { (48...57).contains($0) }
            if !letters.isEmpty { return String(decoding: letters.reversed(), as: UTF8.self) }
        }
        return ""
    }

    /// `PORT`, `PORTS`, `SSLPORT`, `PORT2`; not `SUPPORT`.
    private static func isPort(_ word: String) -> Bool {
        var letters = word.utf8[...]
        while let last = letters.last, (48...57).contains(last) { letters.removeLast() }
        let text = String(decoding: letters, as: UTF8.self)
        return text == "PORTS" || (text.hasSuffix("PORT") && !otherPorts.contains(where: text.hasSuffix))
    }
}
