import PortrunBase

/// A file with lines for a shell that a command runs: package.json, a makefile or the like, or a script.
struct CommandScript {
    /// In bytes. What is longer is no script that somebody has written.
    private static let limit = 1 << 20
    private static let (fileLimit, lineLimit) = (32, 4096)

    let path: String
    let text: [UInt8]
    /// Whether the command runs a line of the text, counted from 1.
    let includes: (Int) -> Bool

    /// The lines of the text; the first is number 1.
    var lines: [ArraySlice<UInt8>] { text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) }

    /// All that a command runs, and what the lines of these run in the same folder, as far as a reader who runs nothing can
    /// tell.
    static func all(of words: [String], in folder: String) -> [CommandScript] {
        var waiting = [words]
        var seen: Set<[ExactString]> = []
        var scripts: [CommandScript] = []
        while let words = waiting.popLast() {
            guard scripts.count < fileLimit, seen.insert(words.map(ExactString.init)).inserted else { continue }
            for script in named(by: words, in: folder) {
                scripts.append(script)
                waiting += script.commands()
            }
        }
        return scripts
    }

    /// The words of the commands in the lines that are run.
    private func commands() -> [[String]] {
        lines.enumerated().flatMap { index, bytes -> [[String]] in
            guard bytes.count < Self.lineLimit, includes(index + 1) else { return [] }
            let line = Substring(decoding: bytes, as: UTF8.self).drop { " \t@-+".contains($0) }
            if line.hasPrefix("#") { return [] }
            return line.split(whereSeparator: { "|;&()`".contains($0) }).flatMap { command in
                // The name of a script in a package.json is no part of it: `"dev": "./dev.sh"`.
                command.split(whereSeparator: { " \t\"'\\,".contains($0) }).map(String.init)
                    .split { $0.allSatisfy(":{}".contains) }.map(Array.init)
            }
        }
    }

    private static func named(by words: [String], in folder: String) -> [CommandScript] {
        guard let first = words.first else { return [] }
        let program = Path.lastName(first)
        if ["npm", "yarn", "pnpm", "bun"].contains(program) {
            let names = words.dropFirst().flatMap { ["\"\($0)\"", "\"pre\($0)\"", "\"post\($0)\""] }
            return reading(folder + "/package.json") { text in
                let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                return { line in
                    let own = String(decoding: lines[line - 1], as: UTF8.self)
                    return names.contains { own.contains($0) }
                }
            }
        }
        let recipes = RecipeUserChange.files(of: program)
        if !recipes.isEmpty {
            return recipes.flatMap { name in
                reading("\(folder)/\(name)") { text in
                    let made = MakeTargets(text).lines(madeBy: Array(words.dropFirst()))
                    return { line in made.contains { $0.contains(line) } }
                }
            }
        }
        // What a shell reads may be called anything.
        let called =
            [".", "source"].contains(program)
            ? Array(words.dropFirst().prefix(1)) : words.prefix(3).filter { $0.hasSuffix(".sh") || $0.hasPrefix("./") }
        // What belongs to the system is as it is.
        return called.map { Path.absolute($0, in: folder) }.filter { Path.relative($0, to: folder) != nil }
            .flatMap { path in reading(path) { _ in { _ in true } } }
    }

    private static func reading(_ path: String, _ includes: ([UInt8]) -> (Int) -> Bool) -> [CommandScript] {
        guard let text = try? FileSystem.read(path, limit: limit), !text.contains(0) else { return [] }
        return [CommandScript(path: path, text: text, includes: includes(text))]
    }
}
