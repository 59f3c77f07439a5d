import PortrunBase

/// What makefiles, justfiles and taskfiles say of env files.
extension EnvFileUses {
    /// What stands in a recipe that reads an env file, or runs a script that may.
    private static let hints = ["env", "/", "npm", "yarn", "bun", "MAKE", "make", "foreman", "honcho", "overmind"]

    /// Folders above the command's in which `just` and `task` look.
    private static let parentLimit = 6

    /// Reads what a file includes, and its recipes, of whatever target.
    mutating func readRecipes(_ kind: RecipeFile, _ arguments: ArraySlice<ScriptWord>, in folder: String) {
        let place = kind.place(in: arguments, folder)
        if let file = place.file {
            let path = Path.absolute(file, in: place.folder)
            readRecipes(kind, at: path, in: kind == .makefile ? place.folder : Path.parent(path))
            return
        }
        var start = place.folder
        for _ in 0..<Self.parentLimit {
            for name in kind.names where readRecipes(kind, at: "\(start)/\(name)", in: start) { return }
            guard kind != .makefile, start != "/", FileSystem.kind(of: "\(start)/.git") == nil else { return }
            start = Path.parent(start)
        }
    }

    /// - Parameter folder: the one that its recipes run in.
    /// - Returns: false where it is not there.
    @discardableResult
    private mutating func readRecipes(_ kind: RecipeFile, at path: String, in folder: String) -> Bool {
        guard look.goesOn(after: 8 + recipeFiles.count, in: path) else { return true }
        if recipeFiles.contains(path) { return true }
        guard let bytes = ConfiguredPort.read(path, look) else { return false }
        recipeFiles.append(path)
        reading(path) { uses in
            var isInList = false
            for line in TextLines(bytes) where uses.look.end == nil {
                if kind == .taskfile {
                    uses.read(taskLine: line, &isInList, in: folder)
                } else {
                    uses.read(recipe: line, of: kind, in: folder)
                }
            }
        }
        return true
    }

    private mutating func read(recipe line: String, of kind: RecipeFile, in folder: String) {
        let text = String(line.drop { "\t @-+".contains($0) })
        if kind == .justfile, let setting: String = text.rest(after: "set dotenv-") {
            readSetting(setting, in: folder)
        } else if kind == .makefile, let files: String = text.rest(after: "include ") ?? text.rest(after: "sinclude ") {
            for name in files.split(separator: " ").map(String.init) {
                note(name, isOverriding: true, in: folder)
                guard !name.contains("$"), !EnvFileUse.isName(Path.lastName(name)) else { continue }
                readRecipes(kind, at: Path.absolute(name, in: folder), in: folder)
            }
        } else if line.first == "\t" || line.first == " ", Self.hints.contains(where: text.contains) {
            // make hands `$$` on to the shell as one, and just has none of its own.
            read(text.split(separator: "$$", omittingEmptySubsequences: false).joined(separator: "$"), in: folder)
        }
    }

    /// `set dotenv-override`, `set dotenv-load := true`, `set dotenv-filename := ".env.dev"`
    private mutating func readSetting(_ setting: String, in folder: String) {
        if setting.hasPrefix("override"), !setting.hasSuffix("false") {
            note(".env", isOverriding: true, in: folder)
        } else if setting.hasPrefix("load"), !setting.hasSuffix("false") {
            note(".env", isOverriding: false, in: folder)
        } else if setting.hasPrefix("filename") || setting.hasPrefix("path") {
            let parts = setting.split { "\"'".contains($0) }
            if parts.count > 1 { note(String(parts[1]), isOverriding: false, in: folder) }
        }
    }

    /// A taskfile's `dotenv` lists, which keep what is set, and its commands.
    private mutating func read(taskLine line: String, _ isInList: inout Bool, in folder: String) {
        var text = String(line.drop { $0 == " " || $0 == "\t" })
        if let list: String = text.rest(after: "dotenv:") {
            let names = list.split { "[]'\", ".contains($0) }
            for name in names { note(String(name), isOverriding: false, in: folder) }
            isInList = names.isEmpty
            return
        }
        if let item: String = text.rest(after: "- ") {
            text = item
            if isInList {
                note(String(item.filter { !"'\" ".contains($0) }), isOverriding: false, in: folder)
                return
            }
        } else {
            isInList = false
        }
        for key in ["cmd: ", "sh: "] {
            if let command: String = text.rest(after: key) { text = command }
        }
        // Another key's value is no command.
        guard !(text.split(separator: " ").first?.hasSuffix(":") ?? true), Self.hints.contains(where: text.contains)
        else { return }
        if let quote = text.first, "'\"".contains(quote), text.last == quote {
            text = String(text.dropFirst().dropLast())
        }
        read(text, in: folder)
    }
}
