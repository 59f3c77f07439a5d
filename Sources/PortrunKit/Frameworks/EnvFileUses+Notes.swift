import PortrunBase

/// What the words of a single command say of env files.
extension EnvFileUses {
    /// Notes what a command says of env files.
    mutating func note(_ program: String, _ arguments: ArraySlice<ScriptWord>, in folder: String) {
        for word in arguments where !word.isLiteral { note(in: word, folder) }
        if [".", "source", "source_env", "source_env_if_exists"].contains(program), let file = arguments.first {
            note(file.text, isOverriding: true, in: folder)
            note(in: file, folder, isSourced: true)
            // A script of functions, or an `.envrc`, which may read another.
            if file.isLiteral, !EnvFileUse.isName(Path.lastName(file.text)),
                let script = ShellFile("sh", [file], in: folder, look)
            {
                read(script, in: folder)
            }
            return
        }
        if program == "direnv", arguments.count > 1, arguments.first?.text == "exec" {
            let place = Path.absolute(arguments[arguments.startIndex + 1].text, in: folder)
            return note(".", [ScriptWord(text: "\(place)/.envrc")], in: place)
        }
        // direnv's own functions.
        if source.map(Path.lastName) == ".envrc", ["dotenv", "dotenv_if_exists"].contains(program) {
            return note(arguments.first?.text ?? ".env", isOverriding: true, in: folder)
        }
        guard !Self.bystanders.contains(program), !ProgramCall([ScriptWord(text: program)]).isContainerEngine
        else { return }
        let words = arguments.map(\.text)
        let isOverriding =
            switch program {
            case "env-cmd": !words.contains("--no-override")
            // dotenv-cli of node keeps what is set, python-dotenv's `dotenv run` does not.
            case "dotenv":
                words.contains("-o") || words.contains("--override")
                    || (words.contains("run") && !words.contains("--no-override"))
            case "dotenvx": words.contains("--overload")
            default: false
            }
        let known = all.count
        for word in arguments where word.isLiteral {
            let (name, value) = word.text.parts(at: "=")
            note(value != nil && name.hasPrefix("-") ? value! : word.text, isOverriding: isOverriding, in: folder)
        }
        // Without a word these read the usual one.
        if isOverriding, all.count == known { note(".env", isOverriding: true, in: folder) }
    }

    /// Notes what a substitution reads: `export $(grep -v '^#' .env | xargs)`, `source <(sort .env)`.
    mutating func note(in word: ScriptWord, _ folder: String, isSourced: Bool = false) {
        guard !word.isLiteral, ["$(", "`"].contains(where: word.text.contains) || isSourced else { return }
        for part in word.text.split(whereSeparator: { " \t'\"()`<|;$".contains($0) }) {
            note(String(part), isOverriding: true, in: folder)
        }
    }

    /// Notes the env file that `text` names, where that is one: from the folder, or from that of the script.
    mutating func note(_ text: String, isOverriding: Bool, in folder: String) {
        let name = Path.lastName(text)
        guard EnvFileUse.isName(name) || (isOverriding && name == ".envrc"),
            look.goesOn(after: 8 + all.count, in: source ?? "")
        else { return }
        var candidates = [Path.absolute(text, in: folder)]
        if text.utf8.contains(UInt8(ascii: "$")) {
            let parent = source.map(Path.parent) ?? folder
            candidates = [folder, parent, Path.parent(parent)].map { Path.absolute(Path.lastName(text), in: $0) }
        }
        guard let path = candidates.first(where: { FileSystem.kind(of: $0) == .file }) else { return }
        if let index = all.firstIndex(where: { $0.path == path }) {
            all[index].isOverriding = all[index].isOverriding || isOverriding
        } else {
            all.append(EnvFileUse(path: path, isOverriding: isOverriding))
        }
    }

    static func isAssignment(_ word: ScriptWord) -> Bool {
        word.text.firstIndex(of: "=").map { Environment.isIdentifier(String(word.text[..<$0])) } ?? false
    }

    /// They do something to files, and hand no variables on.
    private static let bystanders = [
        "cp", "mv", "rm", "ls", "cat", "grep", "sed", "awk", "test", "[", "[[", "touch", "chmod", "echo", "printf",
        "git",
        "ln", "diff", "vi", "vim", "nano", "code", "head", "tail", "wc",
    ]
}
