import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

/// Names of a compose project that look alike and are not the same: é in one character, and e with an accent.
struct EqualLookingNamesTests {
    private static let one = "\u{E9}", two = "e\u{301}"

    private func read(_ files: [String: String], _ environment: [String] = []) throws -> ComposeProject {
        try withComposeFolder(files) { folder in
            let entries = environment.map { Array($0.utf8) }
            let request = ComposeRequest(workingDirectory: folder, environment: Environment(entries: entries))
            return try #require(try ComposeReader.read(request))
        }
    }

    /// Few keys are looked through, many are kept in a table.
    @Test(arguments: [0, 40])
    func areKeysOfTheirOwn(further: Int) throws {
        let more = (0..<further).map { ", K\($0): a" }.joined()
        let project = try read([
            "compose.yaml": """
            services:
              a:
                image: x
                environment: {\(Self.one): 1, \(Self.two): 2\(more)}
                labels: {x\(Self.one): a, x\(Self.two): b}
            """
        ])
        let table = try #require(project.document["services"]?["a"]?["environment"])
        #expect(table.pairs?.count == 2 + further)
        #expect(table[Self.one]?.scalar?.text == "1" && table[Self.two]?.scalar?.text == "2")
    }

    @Test(arguments: [0, 40])
    func areMergedEachWithItsOwn(further: Int) throws {
        let more = (0..<further).map { ", K\($0): a" }.joined()
        let project = try read([
            "compose.yaml": "services: {a: {image: x, environment: {\(Self.one): 1, \(Self.two): 2\(more)}}}",
            "compose.override.yaml":
                "services: {a: {environment: {\(Self.two): 3, \(Self.one): 4\(more)}, labels: ['\(Self.one)=\u{301}x']}}",
        ])
        let table = try #require(project.document["services"]?["a"]?["environment"])
        #expect(table.pairs?.count == 2 + further)
        #expect(table[Self.one]?.scalar?.text == "4" && table[Self.two]?.scalar?.text == "3")
    }

    @Test func areProfilesOfTheirOwn() throws {
        let text = "services: {a: {image: x, profiles: [\(Self.one)]}, b: {image: x, profiles: [\(Self.two)]}}"
        let project = try read(["compose.yaml": text], ["COMPOSE_PROFILES=\(Self.two)"])
        #expect(project.services.filter(\.isActive).map(\.name) == ["b"])
    }

    /// A slash is one, and a flag too, whatever the accent behind it.
    @Test func hideNoSlashAndNoFlag() throws {
        let project = try read(["compose.yaml": "services: {a: {image: x, volumes: ['/\u{301}x:/y']}}"])
        #expect(project.services.count == 1)
        let command = try #require(ComposeCommand(["docker", "compose", "-f\u{301}x", "-p=\u{301}", "up"]))
        #expect(command.files == ["\u{301}x"] && command.projectName == "\u{301}" && command.subcommand == "up")
    }

    /// A letter of Swedish, and the sign for ångströms: names of variables have no accents of their own.
    @Test func areVariablesOfTheirOwn() throws {
        let text = "\u{C5}=7001\n\u{212B}=7002\n"
        let values = try DotenvParser(Array(text.utf8)) { _ in nil }.values
        #expect(values["\u{C5}"] == "7001" && values["\u{212B}"] == "7002")
    }
}
