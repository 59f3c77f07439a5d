import Testing

@testable import PortrunCore

@Suite struct ComposeCommandOverrideTests {
    @Test(arguments: [
        ("docker compose up -d", "docker compose -f /p/compose.yaml -f /s/o.yaml up -d"),
        ("docker compose -f a.yaml -f b.yaml up", "docker compose -f a.yaml -f b.yaml -f /s/o.yaml up"),
        (
            "docker --context x compose --profile dev up",
            "docker --context x compose --profile dev -f /p/compose.yaml -f /s/o.yaml up"
        ),
        ("docker-compose logs -f", "docker-compose -f /p/compose.yaml -f /s/o.yaml logs -f"),
    ])
    func addsTheOverrideLast(_ typed: String, _ expected: String) throws {
        let words = typed.split(separator: " ").map(String.init)
        let command = try #require(ComposeCommand(words))
        let arguments = command.arguments(
            words.map { Array($0.utf8) }, loading: ["/p/compose.yaml"], override: "/s/o.yaml")
        #expect(arguments.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ") == expected)
    }

    @Test(arguments: [
        ("2.24.4", true), ("v2.26.1\n", true), ("2.40.3+ds1-0ubuntu1", true), ("2.24.3", false), ("1.29.2", false),
        ("2.24.4-desktop.1", true), ("5.0.0", true),
    ])
    func knowsWhichVersionsUnderstandOverride(_ text: String, _ isNewEnough: Bool) throws {
        #expect((try #require(ComposeVersion(text)) >= .firstWithOverride) == isNewEnough)
    }

    @Test(arguments: ["", "unknown", "dev"])
    func hasNoVersionWhereThereIsNone(_ text: String) {
        #expect(ComposeVersion(text) == nil)
    }
}
