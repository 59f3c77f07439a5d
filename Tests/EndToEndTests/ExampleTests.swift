import Foundation
import Testing

/// Every folder in `Examples` does what its README says.
@Suite(.timeLimit(.minutes(10)))
struct ExampleTests {
    @Test func quickstartRunsTwoWorktreesAtOnce() throws {
        let result = try example("quickstart")
        let lines = answers(in: result)
        let main = try #require(ports(in: lines, of: "main"))
        let feature = try #require(ports(in: lines, of: "feature/auth"))
        #expect(main.count == 2 && feature.count == 2)
        #expect(Set(main).isDisjoint(with: feature))
    }

    @Test(.enabled(if: Checkout.engine != nil, "PORTRUN_ENGINE names no script that starts a Docker engine"))
    func quickstartRunsItsContainersToo() throws {
        // The engine has no way out to fetch the real images, so that a name of theirs is given to its own.
        let script = """
            set -e
            for image in postgres:17-alpine redis:8-alpine; do
                docker commit --change 'CMD ["sleep", "600"]' "$(docker create bb:1)" $image >/dev/null
            done
            exec '\(Checkout.root)/Examples/quickstart/run.sh'
            """
        let result = try Checkout.run(try #require(Checkout.engine), "sealed", "bash", "-c", script)
        #expect(result.ending == .exited(0), "\(result)")
        let published = answers(in: result).filter { $0.contains("->5432/tcp") }
            .compactMap { $0.firstMatch(of: /:([0-9]+)->5432/).map { String($0.1) } }
        #expect(published.count == 2 && Set(published).count == 2, "\(result)")
    }

    @Test(.enabled(if: Program.find("npm") != nil, "npm is not installed"))
    func nodeAppRunsTwiceInOneCheckout() throws {
        let result = try example("node-app")
        let found = answers(in: result).filter { $0.hasPrefix("notes on ") }
        #expect(found.count == 2 && Set(found).count == 2, "\(result)")
    }

    @Test(.enabled(if: Program.find("direnv") != nil, "direnv is not installed"))
    func direnvGivesEachWorktreeItsPorts() throws {
        let result = try example("direnv")
        let visits = answers(in: result).split { $0.contains(" $ ") }.map(Array.init)
        try #require(visits.count == 3, "\(result)")
        #expect(visits[0].count == 2)
        #expect(visits[0] == visits[2], "the same checkout gets the same ports")
        #expect(Set(visits[0]).isDisjoint(with: visits[1]))
    }

    @Test func monorepoAppsFindEachOther() throws {
        let result = try example("monorepo")
        let line = try #require(answers(in: result).first { $0.hasPrefix("web on ") }, "\(result)")
        let match = try #require(line.wholeMatch(of: /web on ([0-9]+) asks the api on ([0-9]+)/))
        #expect(match.1 != match.2)
    }

    @Test func everyExampleHasATest() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Checkout.root + "/Examples")
            .filter { !$0.hasSuffix(".sh") }
        #expect(Set(folders) == ["quickstart", "node-app", "direnv", "monorepo"])
    }

    private func example(_ name: String) throws -> Outcome {
        let result = try Checkout.run("\(Checkout.root)/Examples/\(name)/run.sh")
        #expect(result.ending == .exited(0), "\(result)")
        return result
    }

    private func answers(in result: Outcome) -> [String] {
        result.output.split(separator: "\n").map(String.init)
    }

    /// The ports in the line `BRANCH: web on N, postgres on N`.
    private func ports(in lines: [String], of branch: String) -> [String]? {
        lines.first { $0.hasPrefix(branch + ": ") }?.matches(of: #/ on ([0-9]+)/#).map { String($0.1) }
    }
}
