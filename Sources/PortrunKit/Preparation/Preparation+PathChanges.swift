import PortrunBase
import PortrunCompose

/// Scripts in which tools that name what a checkout has are not found through portrun.
extension Preparation {
    /// A warning for each place in the command's scripts that puts other folders before portrun's in `PATH`, if there is a
    /// call of such a tool in the same file.
    func pathChanges(in scripts: [CommandScript], of invocation: Invocation) -> [Warning] {
        let typed = invocation.words.joined(separator: " ")
        // What one script sets, others have that it calls, or that read it.
        let tools = ([Array(typed.utf8)] + scripts.map(\.text)).map {
            Self.tool(in: String(decoding: $0, as: UTF8.self))
        }
        guard let any = tools.lazy.compactMap({ $0 }).first else { return [] }
        var warnings = PathChange.all(in: Array(typed.utf8), where: { _ in false }).map { change in
            Warning(change.message(about: tools[0] ?? any))
        }
        for (script, own) in zip(scripts, tools.dropFirst()) {
            let tool = own ?? any
            let lines = script.lines
            for change in PathChange.all(
                in: script.text, where: { FileSystem.isExecutable(Array("\($0)/\(tool)".utf8)) })
            {
                // An assignment of a makefile holds for all of it.
                let isGlobal = lines[change.line - 1].first != UInt8(ascii: "\t") && change.kind.isAssigned
                guard isGlobal || script.includes(change.line) else { continue }
                let told = warning(at: change.line, of: script, change.message(about: tool))
                // A script may be called in several places.
                if !warnings.contains(told) { warnings.append(told) }
            }
        }
        // The first ones are what there is to be done.
        return Array(warnings.prefix(Self.mostPathChanges))
    }

    private static let mostPathChanges = 8

    /// The first of the tools that portrun stands in for which is called in a text.
    private static func tool(in text: String) -> String? {
        for line in text.split(separator: "\n") where line.first(where: { $0 != " " && $0 != "\t" }) != "#" {
            for word in line.split(whereSeparator: { " \t\"'|;&()`".contains($0) }) {
                let word = String(word.drop { "@-+".contains($0) })
                if word == "echo" || word == "printf" { break }
                if ComposeTool(named: word) != nil || PortTool(named: word) != nil { return word }
            }
        }
        return nil
    }
}
