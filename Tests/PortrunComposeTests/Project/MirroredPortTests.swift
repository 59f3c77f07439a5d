import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

/// A port that one variable sets on both sides.
@Suite struct MirroredPortTests {
    private func project(_ lines: String, ports: String = "'${P:-5173}:${P:-5173}'") throws -> ComposeProject {
        try ComposeProject.reading("services:\n  s:\n    image: x\n    ports: [\(ports)]\n    \(lines)\n")
    }

    @Test(arguments: [
        "environment: {PORT: '${P:-5173}'}", "environment: ['PORT=${P:-5173}']", "environment: [P]",
        "environment: {P: }", "command: [serve, --port, '${P:-5173}']", "command: serve --port ${P:-5173}",
        "environment: {P: '${P:-5173}'}\n  web: {image: x, environment: {U: 'http://s:${P:-5173}'}}",
    ])
    func movesByItsVariableWhereTheProgramIsTold(_ lines: String) throws {
        let project = try project(lines)
        #expect(project.ports[0].feedsOnlyHostPort)
        #expect(project.insideUse(of: "P") == nil)
        #expect(project.override([0: "5174"]) == nil)
    }

    @Test func hasALongFormToo() throws {
        let entry = "{target: '${P:-5173}', published: '${P:-5173}'}"
        #expect(try project("environment: [P]", ports: entry).ports[0].feedsOnlyHostPort)
    }

    @Test(arguments: [
        "environment: {OTHER: x}", "command: [vite, --port, '5173']",
        "environment: [P]\n    healthcheck: {test: 'curl localhost:5173'}",
        "environment: [P]\n  web: {image: x, environment: {U: 'http://s:5173'}}",
        "environment: [P]\n  web: {image: x, ports: ['${P:-5173}-5180:80-87']}",
    ])
    func movesOutsideAloneWhereSomethingElseHasTheNumber(_ lines: String) throws {
        #expect(try !project(lines).ports[0].feedsOnlyHostPort)
    }

    @Test func keepsItsSidesTogetherBesideAPortThatAnOverrideMoves() throws {
        let project = try project("environment: [P]", ports: "'${P:-5173}:${P:-5173}', '9000:9000'")
        let made = try #require(project.override([0: "5174", 1: "9001"]))
        #expect(made.text.contains(#""5174:5174""#) && made.text.contains(#""9001:9000""#))
    }
}
