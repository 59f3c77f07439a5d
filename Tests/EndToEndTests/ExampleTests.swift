import Foundation
import Testing

/// Every folder in `Examples` does what its README says.
@Suite(.timeLimit(.minutes(30)))
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
        #expect(visits[0].count == 1)
        #expect(visits[0] == visits[2], "the same checkout gets the same ports")
        #expect(Set(visits[0]).isDisjoint(with: visits[1]))
    }

    @Test func monorepoAppsFindEachOther() throws {
        let result = try example("monorepo")
        let line = try #require(answers(in: result).first { $0.hasPrefix("web on ") }, "\(result)")
        let match = try #require(line.wholeMatch(of: /web on ([0-9]+) asks the api on ([0-9]+)/))
        #expect(match.1 != match.2)
    }

    @Test(
        .enabled(if: Program.find("nginx") != nil || access("/usr/sbin/nginx", X_OK) == 0, "nginx is not installed"),
        .enabled(if: Program.find("systemd-analyze") != nil, "systemd-analyze is not installed"))
    func templatesServeNginxAndSystemd() throws {
        let result = try example("templates")
        let served = answers(in: result).compactMap { line in
            line.wholeMatch(of: /nginx at http:\/\/127.0.0.1:([0-9]+)\/: (.+): web on ([0-9]+), postgres on ([0-9]+)/)
        }
        try #require(served.map(\.2) == ["main", "feature/auth"], "\(result)")
        #expect(Set(served.flatMap { [$0.1, $0.3, $0.4] }).count == 6)
        let last = try #require(served.last)
        #expect(answers(in: result).contains("systemd: Environment=PORT=\(last.3) POSTGRES_PORT=\(last.4)"))
    }

    @Test(.enabled(if: Checkout.engine != nil, "PORTRUN_ENGINE names no script that brings compose"))
    func templatesServeComposeToo() throws {
        let script = "exec '\(Checkout.root)/Examples/templates/run.sh'"
        let result = try Checkout.run(try #require(Checkout.engine), "sealed", "bash", "-c", script)
        #expect(result.ending == .exited(0), "\(result)")
        let line = try #require(answers(in: result).last { $0.hasPrefix("systemd: ") }, "\(result)")
        let port = try #require(line.split(separator: "=").last)
        #expect(answers(in: result).contains("compose: \"published\":\"\(port)\""), "\(result)")
    }

    /// Hooks book at a checkout's birth what its server then gets, and what is gone has nothing any more.
    @Test func agentsWorkInThreeCheckouts() throws {
        let result = try example("agents")
        let lines = answers(in: result)
        let booked = lines.compactMap { $0.wholeMatch(of: /(board\/[^ ]+) has web ([0-9]+)/) }
        let served = lines.compactMap { $0.wholeMatch(of: /(board\/[^ ]+): web on ([0-9]+), passed/) }
        try #require(served.count == 3, "\(result)")
        #expect(Set(served.map(\.1)).count == 3 && Set(served.map(\.2)).count == 3, "\(result)")
        #expect(booked.map(\.1) == served.map(\.1), "\(result)")
        for (before, after) in zip(booked, served) where before.2 != after.2 {
            // Another program on this machine may have come to listen there meanwhile.
            #expect(result.errors.contains("`web` moved from \(before.2) to \(after.2): "), "\(result)")
        }
        #expect(lines.first { $0.hasPrefix("board/login\tweb\t") }?.split(separator: "\t")[2] == served[1].2)
        #expect(lines.contains { $0.hasPrefix("board/search\tweb\t") }, "\(result)")
        let listings = lines.split { $0.hasSuffix("$ portrun status --all") }.dropFirst()
        try #require(listings.count == 2, "\(result)")
        for listing in listings {
            let left = listing.prefix { !$0.contains(" # ") }.filter { $0.hasPrefix("board/") }
            #expect(left.count == 1 && left.first?.hasPrefix("board/main\t") == true, "\(result)")
        }
    }

    @Test(arguments: [".claude/settings.json", ".codex/environments/environment.toml", "hooks/post-checkout"])
    func theGuideForAgentsShowsTheExamplesFiles(_ file: String) throws {
        let lines = try Checkout.text("Examples/agents/" + file)
            .split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("# ") }
        let block = lines.map { $0.isEmpty ? "" : "    " + $0 }.joined(separator: "\n")
        #expect(try Checkout.text("docs/agents.md").contains("\n\n" + block))
    }

    /// A package of its own builds on the library, and each worktree gets ports that the other does not have.
    @Test func libraryBooksForTwoWorktrees() throws {
        let result = try example("library")
        let visits = answers(in: result).split { $0.hasPrefix("shop") }.map(Array.init)
        try #require(visits.count == 3, "\(result)")
        let booked = visits.map { $0.compactMap { $0.wholeMatch(of: /booked: [a-z]+ on ([0-9]+)/)?.1 } }
        #expect(booked[0].count == 3 && booked[1].count == 3)
        #expect(Set(booked[0]).isDisjoint(with: booked[1]), "\(result)")
        for (lines, ports) in zip(visits.prefix(2), booked) {
            #expect(
                lines.contains("running: db on [\(ports[1])]")
                    || lines.contains { $0.hasPrefix("running: db on [\(ports[1]),") })
            #expect(lines.contains { $0.hasPrefix("release: a running command has it: `db` is held by pid ") })
            // The main worktree has what its project gives it; only a guest is told another number.
            let isGuest = lines.contains { $0.hasPrefix("checkout: shop/feature") }
            #expect(lines.contains("export: WEB_PORT=\(ports[0])") == isGuest, "\(lines)")
            #expect(lines.contains { $0.hasPrefix("register: somebody else has it: ") })
            #expect(lines.contains { $0.contains(/^names: \["grafana [0-9]+"\], found: true$/) })
            #expect(lines.contains { $0.hasPrefix("left: 0 names, ") })
        }
        #expect(visits[2].last?.hasPrefix("failed: the registry cannot be used: ") == true, "\(result)")
    }

    /// What the library's articles show is what the example does, line by line and in its order.
    @Test func articlesShowWhatTheExampleDoes() throws {
        let catalogue = "Sources/PortrunKit/PortrunKit.docc"
        let articles = try FileManager.default.contentsOfDirectory(atPath: Checkout.root + "/" + catalogue)
        let program = lines(of: try Checkout.text("Examples/library/Sources/library/main.swift"))
        var count = 0
        for article in articles {
            for block in try Checkout.text(catalogue + "/" + article).matches(of: /```swift\n([^`]*)```/) {
                var rest = program[...]
                for line in lines(of: String(block.1)) {
                    let place = try #require(rest.firstIndex(of: line), "\(article): `\(line)` is not in the example")
                    rest = rest[(place + 1)...]
                }
                count += 1
            }
        }
        #expect(count >= 6)
    }

    private func lines(of text: String) -> [String] {
        text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    @Test func everyExampleHasATest() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Checkout.root + "/Examples")
            .filter { !$0.hasSuffix(".sh") }
        #expect(Set(folders) == ["quickstart", "node-app", "direnv", "monorepo", "templates", "library", "agents"])
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
