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

    @Test func areAnchorsAndVariablesOfTheirOwn() throws {
        let project = try read(
            [
                ".env": "\(Self.one)=7001\n\(Self.two)=7002\n",
                "compose.yaml": """
                services:
                  a: {image: x, ports: ["${A:-7000}:1"], environment: [&\(Self.one)1 x, &\(Self.two)1 y, *\(Self.one)1]}
                """,
            ])
        let list = try #require(project.document["services"]?["a"]?["environment"]?.elements)
        #expect(list.map { $0.scalar?.text } == ["x", "y", "x"])
        let values = try DotenvParser(Array("\(Self.one)=1\n\(Self.two)=2\n".utf8)) { _ in nil }.values
        #expect(values.count == 2 && values[Self.one] == "1" && values[Self.two] == "2")
    }

    @Test func areServicesOfTheirOwn() throws {
        let project = try read([
            "compose.yaml": """
            services:
              \(Self.one): {image: x, ports: ["7001:1"], depends_on: [\(Self.two)]}
              \(Self.two): {image: x, ports: ["7002:1"]}
            """
        ])
        #expect(project.services.count == 2)
        var scaled = project
        scaled.scale(Self.two, to: 3)
        #expect(scaled.ports.map(\.replicas) == [1, 3])
        let made = try #require(project.override([1: "7003"]))
        #expect(made.text.contains("\"\(Self.two)\"") && !made.text.utf8.containsSequence("\"\(Self.one)\"".utf8))
    }

    /// It would be found under the other's name.
    @Test func areNotThereForEachOther() {
        #expect(throws: DiscoveryError.self) {
            try read(["compose.yaml": "services: {\(Self.one): {image: x, depends_on: [\(Self.two)]}}"])
        }
        #expect(throws: DiscoveryError.self) {
            try read(["compose.yaml": "services: {a: {image: x, networks: [\(Self.one)]}}\nnetworks: {\(Self.two): {}}"]
            )
        }
        #expect(throws: DiscoveryError.self) {
            try read(["compose.yaml": "services: {a: {extends: {service: \(Self.one)}}, \(Self.two): {image: x}}"])
        }
    }
}

extension String.UTF8View {
    fileprivate func containsSequence(_ other: String.UTF8View) -> Bool {
        indices.contains { self[$0...].starts(with: other) }
    }
}
