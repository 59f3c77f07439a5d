import PortrunBase

/// A call of a package manager, taken apart.
struct PackageCall {
    var isNPM = false
    var folder: String
    /// The packages that it is to run in, by name or folder.
    var selectors: [String] = []
    var isEverywhere = false
    /// The words after the flags: a subcommand or a script, with its arguments.
    var words: ArraySlice<ScriptWord>

    /// Takes the manager's own flags away that are next, as far as they say where it runs.
    mutating func skipFlags(of manager: String) {
        while let word = words.first?.text, word.hasPrefix("-"), word != "--" {
            words = words.dropFirst()
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            var value = parts.count > 1 ? parts[1] : nil
            let takesValue: Bool
            switch (manager, parts[0]) {
            case (_, "--prefix"), (_, "-C"), (_, "--cwd"), ("pnpm", "--dir"), ("npm", "-w"), (_, "--workspace"),
                (_, "--filter"), ("pnpm", "-F"), ("bun", "-F"):
                takesValue = true
            default: takesValue = false
            }
            if takesValue, value == nil {
                value = words.first?.text
                words = words.dropFirst()
            }
            switch (manager, parts[0]) {
            case ("pnpm", "-r"), ("pnpm", "--recursive"), ("npm", "--workspaces"), ("npm", "-ws"):
                isEverywhere = true
            case (_, "--prefix"), (_, "-C"), (_, "--cwd"), (_, "--dir"):
                if let value { folder = Path.absolute(value, in: folder) }
            case ("npm", "-w"), (_, "--workspace"), (_, "--filter"), (_, "-F"):
                if let value { selectors.append(value) }
            default: break
            }
        }
    }
}
