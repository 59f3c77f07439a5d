import Foundation
import Testing

/// The README lists what the binary has, no more and no less.
@Suite(.timeLimit(.minutes(30)))
struct ReadmeTests {
    @Test func listsEveryCommand() throws {
        let help = try HelpPage()
        #expect(help.outcome.ending == .exited(0))
        let offered = help.groups.flatMap(\.subcommands)
        let listed = try rows(of: "## Commands").compactMap {
            $0.firstMatch(of: /^\| `portrun ([a-z]+)`/).map { String($0.1) }
        }
        #expect(!offered.isEmpty && Set(listed) == Set(offered))
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

    @Test func isShort() throws {
        let lines = try Checkout.text("README.md").split(separator: "\n", omittingEmptySubsequences: false)
        // The last line break ends a line and begins none.
        #expect(lines.count - 1 <= 200)
    }

    /// Links to files are relative to the page that has them; behind `#` stands a heading of the page they lead to.
    @Test func namesOnlyFilesThatExist() throws {
        let guides = try FileManager.default.contentsOfDirectory(atPath: Checkout.root + "/docs")
            .filter { $0.hasSuffix(".md") }.map { "docs/" + $0 }
        #expect(!guides.isEmpty)
        for page in ["README.md"] + guides {
            let folder = page.hasPrefix("docs/") ? "docs/" : ""
            for link in try Checkout.text(page).matches(of: /\]\(([^):#]*)(?:#([^):]*))?\)/) {
                let file = link.1.isEmpty ? page : folder + link.1
                _ = try #require(access(Checkout.root + "/" + file, F_OK) == 0 ? link : nil, "\(page): no \(link.1)")
                guard let anchor = link.2 else { continue }
                #expect(try anchors(of: file).contains(String(anchor)), "\(page): no \(anchor) in \(file)")
            }
        }
    }

    /// The names that GitHub gives to the headings of a page.
    private func anchors(of page: String) throws -> [String] {
        try Checkout.text(page).split(separator: "\n").filter { $0.hasPrefix("#") }.map { heading in
            heading.drop { $0 == "#" || $0 == " " }.lowercased()
                .filter { $0.isLetter || $0.isNumber || $0 == "-" || $0 == " " }
                .replacing(" ", with: "-")
        }
    }

    /// The lines of the table below a heading.
    private func rows(of heading: String) throws -> [Substring] {
        try Checkout.text("README.md").split(separator: "\n", omittingEmptySubsequences: false)
            .drop { $0 != heading }.dropFirst().prefix { !$0.hasPrefix("#") }.filter { $0.hasPrefix("| `") }
    }
}
