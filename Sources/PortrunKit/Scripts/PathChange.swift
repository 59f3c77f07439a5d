import PortrunBase

/// A place in a script behind which the tools that portrun stands in for are not found through it: other folders come
/// first in `PATH`.
struct PathChange: Equatable {
    /// Counted from 1.
    let line: Int
    let kind: Kind

    enum Kind: Equatable {
        /// Folders in front of the rest of `PATH`, or in its place.
        case folders
        /// `env -i`
        case emptied
        /// A login shell, whose profile sets `PATH`; as it is written.
        case login(String)
        /// Likewise, for all recipes of a makefile.
        case recipes
        /// A profile that a script reads; as it is written.
        case profile(String)
        /// `command -p`
        case standard

        /// True where it is no command, but what a makefile sets.
        var isAssigned: Bool { self == .folders || self == .recipes }
    }

    /// What is to be known of it, and done.
    ///
    /// - Parameter tool: one that is called behind it.
    func message(about tool: String) -> String {
        switch kind {
        case .folders:
            "other folders come first in `PATH`, so that `\(tool)` reaches what the main checkout has, past portrun: put "
                + "`PATH` in front of them"
        case .emptied:
            "`env -i` drops `PATH`, so that `\(tool)` reaches what the main checkout has, past portrun: leave `-i` out"
        case .login(let shell):
            "`\(TerminalText.onOneLine(shell))` sets `PATH` anew, so that `\(tool)` reaches what the main checkout has, "
                + "past portrun: leave `-l` out"
        case .recipes:
            "`.SHELLFLAGS` starts a login shell, which sets `PATH` anew, so that `\(tool)` reaches what the main checkout has, "
                + "past portrun: leave `-l` out"
        case .profile(let call):
            "`\(TerminalText.onOneLine(call))` sets `PATH` anew, so that `\(tool)` reaches what the main checkout has, "
                + "past portrun: leave it out"
        case .standard:
            "`command -p` does not look in `PATH`, so that `\(tool)` reaches what the main checkout has, past portrun: "
                + "leave `-p` out"
        }
    }

    /// All in a text of lines for a shell, as scripts and makefiles have them.
    ///
    /// - Parameter hasTool: whether a folder has one of the tools.
    static func all(in text: [UInt8], where hasTool: (_ folder: String) -> Bool) -> [PathChange] {
        var changes: [PathChange] = []
        var number = 0
        for bytes in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            guard bytes.count < 4096, case let line = String(decoding: bytes, as: UTF8.self),
                let kind = kind(of: line, isFirst: number == 1, hasTool)
            else { continue }
            changes.append(PathChange(line: number, kind: kind))
        }
        return changes
    }

    private static func kind(of line: String, isFirst: Bool, _ hasTool: (String) -> Bool) -> Kind? {
        var text = line.drop { " \t@-+".contains($0) }
        if text.hasPrefix("#") {
            guard isFirst, text.hasPrefix("#!") else { return nil }
            text = text.dropFirst(2)
        }
        if let folders = assigned(in: text) { return folders.contains(where: hasTool) ? .folders : nil }
        for command in text.split(whereSeparator: { "|;&()`".contains($0) }) {
            let words = command.split(whereSeparator: { " \t\"'".contains($0) }).map(String.init)
            if words.first == "echo" || words.first == "printf" { continue }
            if words.first == ".SHELLFLAGS" { return words.dropFirst().contains(where: isLogin) ? .recipes : nil }
            for (index, word) in words.enumerated() {
                // What is behind it may be of another machine, or of a container.
                if elsewhere.contains(Path.lastName(word)) { return nil }
                let before = index == 0 ? nil : words[index - 1]
                // `env A=b PATH=/usr/bin:$PATH docker ps`, and behind the name of a script in a package.json.
                let isSet =
                    setters.contains(words[0])
                    || before.map { $0.contains("=") || $0.hasSuffix(":") || setters.contains($0) } ?? true
                if isSet, word.hasPrefix("PATH="), assigned(in: word[...])?.contains(where: hasTool) == true {
                    return .folders
                }
                guard let next = words.dropFirst(index + 1).first else { continue }
                switch Path.lastName(word) {
                case "command" where next == "-p": return .standard
                case ".", "source":
                    if next == "/etc/profile" { return .profile("\(word) \(next)") }
                case "env" where ["-i", "-", "--ignore-environment"].contains(next): return .emptied
                case "sh", "bash", "zsh", "dash", "ksh":
                    let flags = words.dropFirst(index + 1).prefix { $0.hasPrefix("-") }
                    if flags.contains(where: isLogin) { return .login(([word] + flags).joined(separator: " ")) }
                default: continue
                }
            }
        }
        return nil
    }

    private static func isLogin(_ flag: String) -> Bool {
        flag == "--login" || flag.hasPrefix("-") && !flag.hasPrefix("--") && flag.contains("l")
    }

    private static let setters: Set = ["env", "export", "local", "declare", "typeset", "readonly"]
    private static let elsewhere: Set = [
        "docker", "docker-compose", "podman", "podman-compose", "nerdctl", "kubectl", "oc", "ssh", "mosh", "vagrant",
        "multipass",
        "lxc", "incus", "limactl", "wsl", "adb", "devcontainer", "fly", "flyctl", "heroku", "gcloud", "chroot",
        "distrobox",
        "toolbox", "nsenter",
    ]

    /// The folders in front of what `PATH` was, in `export PATH := /usr/bin:$(PATH)` and the like; nil for anything else.
    private static func assigned(in text: Substring) -> [String]? {
        var rest = text
        if let exported = rest.rest(after: "export ") as Substring? { rest = exported.drop { $0 == " " } }
        guard var value = rest.rest(after: "PATH") as Substring? else { return nil }
        value = value.drop { " :?".contains($0) }
        guard let assigned = value.rest(after: "=") as Substring? else { return nil }
        var folders: [String] = []
        for part in assigned.drop(while: { $0 == " " }).split(whereSeparator: { ":;\"' ".contains($0) }) {
            if ["$PATH", "${PATH}", "$(PATH)", "$$PATH", "$${PATH}"].contains(String(part)) { break }
            if part.hasPrefix("/") { folders.append(String(part)) }
        }
        return folders
    }
}
