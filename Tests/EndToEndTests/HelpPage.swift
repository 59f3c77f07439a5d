/// What a command prints for `--help`.
struct HelpPage {
    let outcome: Outcome

    /// - Parameters:
    ///   - words: the subcommand; none for portrun itself.
    ///   - columns: the width of the terminal that the command is told of.
    init(_ words: [String] = [], columns: Int = 80) throws {
        let scratch = try Scratch()
        outcome = try scratch.run(
            [Program.portrun] + words + ["--help"], environment: scratch.environment + ["COLUMNS=\(columns)"])
    }

    var lines: [Substring] { outcome.output.split(separator: "\n", omittingEmptySubsequences: false) }

    /// The lines below `EXAMPLES`, up to the next empty one.
    var examples: [Substring] {
        Array(lines.drop { $0 != "EXAMPLES" }.dropFirst().prefix { !$0.isEmpty })
    }

    /// The groups of subcommands: what stands before `SUBCOMMANDS:`, which is nothing for those in no group.
    var groups: [(name: String, subcommands: [String])] {
        var groups: [(name: String, subcommands: [String])] = []
        var isInGroup = false
        for line in lines {
            if let header = line.wholeMatch(of: /(?:([^ ].*) )?SUBCOMMANDS:/) {
                groups.append((name: String(header.1 ?? ""), subcommands: []))
                isInGroup = true
            } else if line.isEmpty {
                isInGroup = false
            } else if isInGroup, let row = line.prefixMatch(of: /\ \ ([a-z]+)/) {
                groups[groups.count - 1].subcommands.append(String(row.1))
            }
        }
        return groups
    }
}
