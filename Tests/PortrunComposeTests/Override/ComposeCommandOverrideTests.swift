import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

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
        #expect(try line(typed, loading: ["/p/compose.yaml"]) == expected)
    }

    @Test(arguments: [
        ("docker compose -f - up", "docker compose -f - --project-directory /p -f /s/o.yaml up"),
        (
            "docker compose --project-directory x -f - up",
            "docker compose --project-directory x -f - -f /s/o.yaml up"
        ),
    ])
    func namesTheFolderThatStandardInputDoesNotTell(_ typed: String, _ expected: String) throws {
        #expect(try line(typed, loading: ["-"]) == expected)
    }

    @Test(arguments: [
        ("docker compose up -f", "docker compose --project-directory /p -f /s/w.yaml up -f"),
        (
            "docker compose -f a.yaml --profile=x --file=b.yaml -p n -fc.yaml --file d up",
            "docker compose --profile=x -p n --project-directory /p -f /s/w.yaml up"
        ),
        (
            "docker --context f compose -f - --project-directory x up -d",
            "docker --context f compose --project-directory x -f /s/w.yaml up -d"
        ),
    ])
    func putsAWholeConfigurationInPlaceOfAllFiles(_ typed: String, _ expected: String) throws {
        let words = typed.split(separator: " ").map(String.init)
        let arguments = try #require(ComposeCommand(words)).arguments(
            words.map { Array($0.utf8) }, in: "/p", configuration: "/s/w.yaml")
        #expect(arguments.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ") == expected)
    }

    @Test(arguments: [
        ("docker compose up", 2), ("docker --context compose compose -f x up", 4), ("docker-compose -f x up", 1),
        ("podman --log-level=debug compose up", 3),
    ])
    func knowsWhereTheProgramsNameEnds(_ typed: String, _ end: Int) throws {
        let command = try #require(ComposeCommand(typed.split(separator: " ").map(String.init)))
        #expect(command.programEnd == end)
    }

    private func line(_ typed: String, loading files: [String]) throws -> String {
        let words = typed.split(separator: " ").map(String.init)
        let command = try #require(ComposeCommand(words))
        let arguments = command.arguments(
            words.map { Array($0.utf8) }, loading: files, in: "/p", override: "/s/o.yaml")
        return arguments.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }
}
