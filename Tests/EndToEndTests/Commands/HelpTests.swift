import Foundation
import Testing

/// `--help` on a terminal of 80 columns.
@Suite(.timeLimit(.minutes(30)))
struct HelpTests {
    /// Every subcommand, whatever `--help` shows of it, and portrun itself.
    private static let pages: [[String]] = [[]] + subcommands.map { [$0] }

    private static let subcommands: [String] = {
        struct Tool: Decodable {
            struct Command: Decodable {
                let commandName: String
                let subcommands: [Command]?
            }
            let command: Command
        }
        do {
            let outcome = try Checkout.run(Program.portrun, "--experimental-dump-help")
            let tool = try JSONDecoder().decode(Tool.self, from: Data(outcome.output.utf8))
            return (tool.command.subcommands ?? []).map(\.commandName).filter { $0 != "help" }
        } catch {
            // A name that no command has fails every test below.
            return ["\(error)"]
        }
    }()

    @Test(arguments: pages)
    func fitsIntoEightyColumns(_ words: [String]) throws {
        let page = try HelpPage(words)
        #expect(page.outcome.ending == .exited(0))
        for line in page.lines { #expect(line.count <= 80, "\(line)") }
    }

    @Test(arguments: pages)
    func breaksNoExample(_ words: [String]) throws {
        let examples = try HelpPage(words).examples
        #expect(!examples.isEmpty)
        #expect(try HelpPage(words, columns: 1000).examples == examples)
    }

    @Test func groupsEverySubcommand() throws {
        let groups = try HelpPage().groups
        #expect(groups.map(\.name) == ["RUN", "PORTS", "LOOK", "CARE", "SET-UP"])
        let listed = groups.flatMap(\.subcommands)
        #expect(listed.count > 20 && Set(listed) == Set(Self.subcommands))
        #expect(listed.count == Set(listed).count)
    }
}
