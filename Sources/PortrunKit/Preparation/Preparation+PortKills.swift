import PortrunBase

/// Scripts that end whatever listens on a number which is another checkout's here.
extension Preparation {
    /// A warning for each place in the command's scripts that ends what has such a number on the machine: the main
    /// worktree's server. What asks by a tool in `PATH` is led to this checkout's own (`PortToolCall`), and not told of.
    ///
    /// Reads files, so not under the registry's lock.
    package func portKills() -> [Warning] {
        guard plan.checkout.context.isGuest, let invocation = plan.invocation, !invocation.isVerbatim,
            plan.compose == nil, plan.docker == nil, plan.options.isDiscovering
        else { return [] }
        let moved = (booked.outcome.bookings + booked.siblings).filter { $0.isMoved && $0.transport == .tcp }
        if moved.isEmpty { return [] }
        var warnings: [Warning] = []
        for file in Self.scripts(of: invocation.words, in: plan.checkout.workingDirectory) {
            guard let text = try? FileSystem.read(file.path, limit: Self.limit) else { continue }
            for kill in PortKill.all(in: text) where !kill.follows || plan.shims == nil {
                guard let own = moved.first(where: { $0.declaredPorts?.contains(kill.port) == true }),
                    file.includes(kill.line, text)
                else { continue }
                warnings.append(
                    Warning(
                        file: Path.shortest(file.path, from: plan.checkout.workingDirectory), line: kill.line,
                        "`\(TerminalText.onOneLine(kill.program))` ends whatever listens on \(kill.port), which is "
                            + "\(Move.ofMain(plan.checkout.firstClone)); this one's own is \(own.port): put `$(portrun get \(own.service) -q)` there, or "
                            + "`fuser -k \(kill.port)/tcp`, which portrun leads to it"))
            }
        }
        return warnings
    }

    /// In bytes. What is longer is no script that somebody has written.
    private static let limit = 1 << 20

    private struct Script {
        let path: String
        /// Whether the command runs a line of the file's text.
        let includes: (Int, [UInt8]) -> Bool
    }

    private static func scripts(of words: [String], in folder: String) -> [Script] {
        guard let first = words.first else { return [] }
        let program = Path.lastName(first)
        if ["npm", "yarn", "pnpm", "bun"].contains(program) {
            let names = words.dropFirst().flatMap { ["\"\($0)\"", "\"pre\($0)\"", "\"post\($0)\""] }
            return [
                Script(path: folder + "/package.json") { line, text in
                    let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
                    let own = String(decoding: lines[line - 1], as: UTF8.self)
                    return names.contains { own.contains($0) }
                }
            ]
        }
        let recipes = RecipeUserChange.files(of: program)
        if !recipes.isEmpty {
            return recipes.map { name in
                Script(path: "\(folder)/\(name)") { line, text in
                    MakeTargets(text).lines(madeBy: Array(words.dropFirst())).contains { $0.contains(line) }
                }
            }
        }
        return words.prefix(3).filter { $0.hasSuffix(".sh") || $0.hasPrefix("./") }
            .map { word in Script(path: Path.absolute(word, in: folder)) { _, _ in true } }
    }
}
