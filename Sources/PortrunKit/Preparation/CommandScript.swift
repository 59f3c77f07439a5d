import PortrunBase

/// A file with lines for a shell that a command runs: package.json, a makefile or the like, or a script.
struct CommandScript {
    /// In bytes. What is longer is no script that somebody has written.
    static let limit = 1 << 20

    let path: String
    /// Whether the command runs a line of the file's text.
    let includes: (Int, [UInt8]) -> Bool

    static func all(of words: [String], in folder: String) -> [CommandScript] {
        guard let first = words.first else { return [] }
        let program = Path.lastName(first)
        if ["npm", "yarn", "pnpm", "bun"].contains(program) {
            let names = words.dropFirst().flatMap { ["\"\($0)\"", "\"pre\($0)\"", "\"post\($0)\""] }
            return [
                CommandScript(path: folder + "/package.json") { line, text in
                    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                    let own = String(decoding: lines[line - 1], as: UTF8.self)
                    return names.contains { own.contains($0) }
                }
            ]
        }
        let recipes = RecipeUserChange.files(of: program)
        if !recipes.isEmpty {
            return recipes.map { name in
                CommandScript(path: "\(folder)/\(name)") { line, text in
                    MakeTargets(text).lines(madeBy: Array(words.dropFirst())).contains { $0.contains(line) }
                }
            }
        }
        return words.prefix(3).filter { $0.hasSuffix(".sh") || $0.hasPrefix("./") }
            .map { word in CommandScript(path: Path.absolute(word, in: folder)) { _, _ in true } }
    }
}
