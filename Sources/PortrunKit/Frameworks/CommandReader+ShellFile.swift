import PortrunBase

extension CommandReader {
    /// Reads a script in a file as far as it starts a Procfile's processes: whatever else it does is its own affair.
    mutating func readProcesses(of file: ShellFile, in folder: String, by way: Way) {
        // What becomes of words that the script looks at itself, nobody knows.
        guard !isInShellFile, process == nil, file.arguments.isEmpty || file.argumentUses <= 1 else { return }
        isInShellFile = true
        let known = (environment, source)
        source = file.path
        defer {
            isInShellFile = false
            (environment, source) = known
        }
        let before = procfileCount
        // Of `if command -v overmind; then overmind start; else foreman start; fi` the one that is installed runs.
        for isInstalled in [true, false] where procfileCount == before {
            wantsInstalled = isInstalled
            environment = known.0
            readCommands(of: file, in: folder, by: way)
        }
    }

    private mutating func readCommands(of file: ShellFile, in folder: String, by way: Way) {
        var folder = folder
        let handedOn = ["$@", "${@}", "$*"]
        let before = procfileCount
        for command in file.script.commands where look.end == nil && procfileCount == before {
            if command.first?.text == "cd", command.count == 2 {
                guard let target = Self.folder(command[1], of: file, in: folder) else { return }
                folder = target
                continue
            }
            for word in command { note(word) }
            // Words that the user types behind the script's name are the runner's where the script hands them on.
            let words = command.flatMap { handedOn.contains($0.text) ? Array(file.arguments) : [$0] }
            let isOpen = file.argumentUses == 1 && command.last.map { handedOn.contains($0.text) } ?? false
            read(words[...], in: folder, by: isOpen ? Self.appending(way, end: file.arguments.endIndex) : .closed)
        }
    }

    /// Notes a `PORT` that the script sets: `export PORT="${PORT:-3000}"`, `: "${PORT:=3000}"`.
    private mutating func note(_ word: ScriptWord) {
        let name = "PORT"
        if let value = word.text.rest(after: name + "=") {
            for form in ["${\(name):-", "${\(name)-"] {
                guard let rest = value.rest(after: form), let end = rest.firstIndex(of: "}") else { continue }
                if environment[name] == nil { environment.set(name, to: String(rest[..<end])) }
                return
            }
            if word.isLiteral { environment.set(name, to: value) }
        } else if let rest = word.text.rest(after: "${\(name):="), let end = rest.firstIndex(of: "}") {
            if environment[name] == nil { environment.set(name, to: String(rest[..<end])) }
        }
    }

    /// Where `cd` leads: to what stands there, or up from the script's own folder (`cd "$(dirname "$0")/.."`).
    private static func folder(_ word: ScriptWord, of file: ShellFile, in folder: String) -> String? {
        if word.isLiteral { return Path.absolute(word.text, in: folder) }
        for own in ["$(dirname $0)", "$(dirname -- $0)", "${0%/*}", "$(dirname ${BASH_SOURCE[0]})"] {
            guard let rest = word.text.rest(after: own), !rest.utf8.contains(UInt8(ascii: "$")) else { continue }
            return Path.absolute("." + rest, in: Path.parent(file.path))
        }
        return nil
    }
}
