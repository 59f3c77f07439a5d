import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

/// What a variable that drives a port decides beside it.
@Suite struct VariableUseTests {
    @Test(arguments: [
        "environment: {URL: 'http://localhost:${P}/api'}", "environment: ['URL=http://localhost:$P']",
        "environment: {URL: 'https://shop.LocalHost:${P:-80}'}", "environment: {HOST: '127.0.0.1:${P}'}",
        "environment: {URL: 'ws://[::1]:${P}?x'}", "environment: {URL: 'http://host.docker.internal:${P}'}",
        "environment: {ORIGINS: 'http://localhost:${P},http://127.1.2.3:${P}'}",
        "environment: {URL: 'http://${HOST:-localhost}:${P}'}",
        "environment: {URL: '${URL:-http://localhost:${P:-80}}'}",
        "environment: {URL: 'http://localhost:${Q:-${P}}/'}", "labels: {url: 'http://localhost:${P}'}",
        "build: {context: ., args: {URL: 'http://localhost:${P}'}}",
        "build: {context: ., labels: ['a=localhost:${P}']}",
        "deploy: {labels: {url: 'http://localhost:${P}'}}", "x-note: {port: '${P}'}",
    ])
    func isSetWithTheURLsOfTheHost(_ line: String) throws {
        let project = try project(line)
        #expect(project.ports[0].feedsOnlyHostPort)
        #expect(project.insideUse(of: "P") == nil)
    }

    @Test(arguments: [
        "environment: {URL: 'redis://redis:${P}'}", "environment: {PORT: '${P}'}", "environment: {L: '0.0.0.0:${P}'}",
        "environment: {L: 'http://+:${P}'}", "environment: {L: ':${P}'}", "environment: {L: 'mylocalhost:${P}'}",
        "environment: {L: 'localhost.internal:${P}'}", "environment: {L: '10.127.0.0.1:${P}'}",
        "environment: {L: '127.0.0.x:${P}'}", "environment: {L: 'localhost:1${P}'}",
        "environment: {L: 'localhost:${P}0'}", "environment: {L: 'localhost:${P}${Q}'}",
        "environment: {L: 'http://localhost:${P} redis:${P}'}", "environment: {L: 'localhost:80/${P}'}",
        "environment: {L: '${L:-redis:${P}}'}", "environment: [P]", "build: {context: ., args: {P: }}",
        "command: serve http://localhost:${P}", "entrypoint: ['curl', 'localhost:${P}']",
        "healthcheck: {test: 'curl http://localhost:${P}'}", "extra_hosts: ['a:${P}']", "expose: ['${P}']",
        "build: {context: 'http://localhost:${P}'}",
    ])
    func keepsItsValueWhenItFeedsTheInside(_ line: String) throws {
        let project = try project(line)
        #expect(!project.ports[0].feedsOnlyHostPort)
        let use = try #require(project.insideUse(of: "P"))
        #expect(use.line == 5)
        #expect(use.file.map(Path.lastName) == "compose.yaml")
        #expect(try #require(project.override([0: "81"])).text.contains(#""81:80""#))
    }

    @Test func bothSidesOfAnEntryAreOneUseInside() throws {
        let project = try ComposeProject.reading("services: {s: {image: x, ports: ['${P:-80}:${P:-80}']}}")
        #expect(project.insideUse(of: "P")?.line == 1)
    }

    @Test(arguments: [("URL=http://localhost:${P}", true), ("URL=http://redis:${P}", false), ("Q=$P", false)])
    func countsWhatEnvFilesDoWithIt(_ line: String, isOnlyHostPort: Bool) throws {
        let ports = "ports: ['${P:-80}:80']"
        let own = try ComposeProject.reading("services: {s: {image: x, \(ports)}}", env: line)
        #expect(own.ports[0].feedsOnlyHostPort == isOnlyHostPort)
        #expect((own.insideUse(of: "P") == nil) == isOnlyHostPort)
        let files = ["compose.yaml": "services: {s: {image: x, env_file: [app.env], \(ports)}}", "app.env": line]
        try withComposeFolder(files) { folder in
            let project = try #require(try ComposeReader.read(ComposeRequest(workingDirectory: folder)))
            #expect(project.ports[0].feedsOnlyHostPort == isOnlyHostPort)
        }
    }

    @Test(arguments: ["['R=redis:${P}', A]", "{R: 'redis:${P}', A: }"], ["[B=1]", "{B: 1}"])
    func countsInEveryFileHoweverItIsWritten(_ base: String, over: String) throws {
        let files = [
            "compose.yaml": "services: {s: {image: x, ports: ['${P:-80}:80'], environment: \(base)}}",
            "compose.override.yaml": "services: {s: {environment: \(over)}}",
        ]
        try withComposeFolder(files) { folder in
            let project = try #require(try ComposeReader.read(ComposeRequest(workingDirectory: folder)))
            #expect(project.insideUse(of: "P") != nil)
            #expect(project.insideUse(of: "A") != nil)
            #expect(project.insideUse(of: "B") == nil)
        }
    }

    /// A project of one service with the port `${P:-80}:80` and, in the fifth line, `line`.
    private func project(_ line: String) throws -> ComposeProject {
        try ComposeProject.reading("services:\n  s:\n    image: x\n    ports: ['${P:-80}:80']\n    \(line)\n")
    }
}
