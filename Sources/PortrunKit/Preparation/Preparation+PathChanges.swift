import PortrunBase
import PortrunCompose

/// Scripts in which tools that name what a checkout has are not found through portrun.
extension Preparation {
    /// A warning for each place in the command's scripts that puts other folders before portrun's in `PATH`, if there is a
    /// call of such a tool in the same file.
    ///
    /// Reads files, so not under the registry's lock.
    package func pathChanges() -> [Warning] {
        guard plan.checkout.context.isGuest, plan.shims != nil, let invocation = plan.invocation else { return [] }
        var warnings: [Warning] = []
        let typed = invocation.words.joined(separator: " ")
        if let tool = Self.tool(in: typed) {
            for change in PathChange.all(in: Array(typed.utf8), where: { _ in false }) {
                warnings.append(Warning(change.message(about: tool)))
            }
        }
        for file in CommandScript.all(of: invocation.words, in: plan.checkout.workingDirectory) {
            guard let text = try? FileSystem.read(file.path, limit: CommandScript.limit),
                let tool = Self.tool(in: String(decoding: text, as: UTF8.self))
            else { continue }
            let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            for change in PathChange.all(in: text, where: { FileSystem.isExecutable(Array("\($0)/\(tool)".utf8)) }) {
                // An assignment of a makefile holds for all of it.
                guard
                    file.includes(change.line, text)
                        || lines[change.line - 1].first != UInt8(ascii: "\t") && change.kind == .folders
                else { continue }
                warnings.append(
                    Warning(
                        file: Path.shortest(file.path, from: plan.checkout.workingDirectory), line: change.line,
                        change.message(about: tool)))
            }
        }
        return warnings
    }

    /// The first of the tools that portrun stands in for which is called in a text.
    private static func tool(in text: String) -> String? {
        for line in text.split(separator: "\n") where line.first(where: { $0 != " " && $0 != "\t" }) != "#" {
            for word in line.split(whereSeparator: { " \t\"'|;&()`".contains($0) }) {
                let word = String(word.drop { "@-+".contains($0) })
                if ComposeTool(named: word) != nil || PortTool(named: word) != nil { return word }
            }
        }
        return nil
    }
}
