import Foundation
import Testing

/// The README lists what the binary has, no more and no less.
@Suite(.timeLimit(.minutes(10)))
struct ReadmeTests {
    @Test func listsEveryCommand() throws {
        let help = try Checkout.run(Program.portrun, "--help")
        #expect(help.ending == .exited(0))
        let offered = help.output.split(separator: "\n")
            .drop { !$0.hasPrefix("SUBCOMMANDS:") }.dropFirst()
            .compactMap { $0.firstMatch(of: /^  ([a-z]+)/).map { String($0.1) } }
        let listed = try rows(of: "## Commands").compactMap {
            $0.firstMatch(of: /^\| `portrun ([a-z]+)`/).map { String($0.1) }
        }
        // An alias (`gc, prune`) stands on the same line of the help.
        #expect(Set(listed).subtracting(["prune"]) == Set(offered).subtracting(["help", "prune"]))
        #expect(help.output.contains("prune"))
    }

    @Test func listsEveryOptionOfRun() throws {
        let help = try Checkout.run(Program.portrun, "run", "--help")
        #expect(help.ending == .exited(0))
        let listed = try rows(of: "### Options of `run`").flatMap { row in
            (row.split(separator: "|").first ?? "").matches(of: /`(--?[A-Za-z-]+)/).map { String($0.1) }
        }
        for option in listed {
            #expect(help.output.contains(option), "`run --help` has no \(option)")
        }
        for option in help.output.matches(of: /^ +(?:-[A-Za-z], )?(--[a-z-]+)/.anchorsMatchLineEndings()) {
            let known = listed + ["--help", "--version", "--quiet", "--verbose", "--directory"]
            #expect(known.contains(String(option.1)), "README has no \(option.1)")
        }
    }

    @Test func namesOnlyFilesThatExist() throws {
        for link in try Checkout.text("README.md").matches(of: /\]\(([^):#]+)\)/) {
            _ = try #require(access(Checkout.root + "/" + link.1, F_OK) == 0 ? link : nil, "no \(link.1)")
        }
    }

    /// The lines of the table below a heading.
    private func rows(of heading: String) throws -> [Substring] {
        try Checkout.text("README.md").split(separator: "\n", omittingEmptySubsequences: false)
            .drop { $0 != heading }.dropFirst().prefix { !$0.hasPrefix("#") }.filter { $0.hasPrefix("| `") }
    }
}
