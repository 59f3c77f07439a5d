import Foundation
import Testing

@testable import PortrunCore

/// What the real docker compose makes of a project whose port another context has.
@Suite(
    .timeLimit(.minutes(10)),
    .enabled(if: InstalledCompose.knowsOverride, "needs docker compose 2.24.4 or later"))
struct ComposeOracleTests {
    let project: Project
    private var fixed: Int { project.outside }

    init() throws {
        project = try Project()
        try project.scratch.write(
            """
            services:
              db: {image: x, container_name: the-db, ports: ['127.0.0.1:\(fixed):5432'], volumes: ['./data:/data']}
            """, to: "compose.yaml")
        try project.scratch.write("services: {db: {labels: {a: b}}}", to: "compose.override.yaml")
        try project.scratch.write("services: {db: {ports: ['5432']}}", to: "other.yaml")
        try project.scratch.write("", to: "sub/deeper/file")
        try #require(try project.run("--context", "first", "-q", "--", "true").ending == .exited(0))
    }

    /// Ways to the same project, from its root or below.
    static let ways = [
        "docker compose config --format json",
        "cd sub/deeper; docker compose config --format json",
        "docker compose -f compose.yaml -f compose.override.yaml config --format json",
        "cd sub; docker compose -f ../compose.yaml -f ../compose.override.yaml config --format json",
        "COMPOSE_FILE=compose.yaml:compose.override.yaml docker compose config --format json",
        "docker compose -f - -f compose.override.yaml config --format json <compose.yaml",
        "printf 'config:\\n\\tdocker compose config --format json\\n' >Makefile; make -s config",
    ]

    @Test(arguments: ways)
    func movesThePortAndNamesTheContainer(_ way: String) throws {
        if way.contains("make"), Program.find("make") == nil { return }
        let plain = try configuration("-q", "--no-shim", "--no-discover", "--", "sh", "-c", way)
        let moved = try configuration("-q", "--", "sh", "-c", way)
        #expect(plain.published == ["\(fixed)"] && plain.containers == ["the-db"])
        #expect(moved.published == ["\(project.first)"] && moved.containers == ["second-the-db"])
        #expect(moved.masked == plain.masked, "nothing else has changed")
    }

    @Test(arguments: ["", "cd sub/deeper", "cd \"$HOME\""])
    func exportNamesTheOverride(_ move: String) throws {
        let script = #"""
            eval "$("$LAUNCHER" export --context second)"; \#(move)
            docker compose config --format json
            """#
        let plain = try configuration(
            "-q", "--no-shim", "--no-discover", "--", "docker", "compose", "config", "--format", "json")
        let moved = try configuration(shell: script)
        #expect(moved.published == ["\(project.first)"] && moved.containers == ["second-the-db"])
        #expect(moved.masked == plain.masked)
    }

    @Test func exportRespectsTheUsersFilesEachTime() throws {
        let script = #"""
            export COMPOSE_FILE='compose.yaml;other.yaml' COMPOSE_PATH_SEPARATOR=';'
            eval "$("$LAUNCHER" export --context second)"
            cd sub; eval "$("$LAUNCHER" export --context second)"; cd ..
            eval "$("$LAUNCHER" export --context second)"
            docker compose config --format json
            """#
        let moved = try configuration(shell: script)
        #expect(Set(moved.published) == ["\(project.first)", "\(project.first + 1)"])
        try project.scratch.write("services: {db: {image: x, ports: ['\(fixed + 1):1']}}", to: "plain/compose.yaml")
        let last = "; eval \"$(\"$LAUNCHER\" export -C plain)\"; echo; echo $COMPOSE_FILE"
        let back = try run(["/bin/sh", "-c", script + last])
        #expect(back.output.hasSuffix("\ncompose.yaml;other.yaml\n"), "\(back)")
    }

    @Test func exportSetsNothingWhereNothingMoves() throws {
        try project.scratch.write("services: {db: {image: x, ports: ['\(fixed + 1):1']}}", to: "plain/compose.yaml")
        let outcome = try run([Program.portrun, "export", "-C", "plain"])
        #expect(outcome.ending == .exited(0) && !outcome.output.contains("COMPOSE_FILE"), "\(outcome)")
    }

    private func configuration(_ words: String...) throws -> Configuration {
        try configuration(of: run([Program.portrun, "run", "--context", "second"] + words))
    }

    private func configuration(shell script: String) throws -> Configuration {
        try configuration(of: run(["/bin/sh", "-c", script]))
    }

    private func configuration(of outcome: Outcome) throws -> Configuration {
        try #require(outcome.ending == .exited(0), "\(outcome)")
        return try Configuration(outcome.output)
    }

    private func run(_ words: [String]) throws -> Outcome {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let environment = project.scratch.shellEnvironment.filter { !$0.hasPrefix("PATH=") }
        let settings = ProcessInfo.processInfo.environment["DOCKER_CONFIG"].map { ["DOCKER_CONFIG=\($0)"] } ?? []
        return try project.scratch.run(words, environment: environment + settings + ["PATH=\(path)"])
    }
}

/// What `docker compose config --format json` prints.
private struct Configuration {
    var published: [String] = []
    var containers: [String] = []
    /// All of it without what may be different.
    let masked: NSDictionary

    init(_ text: String) throws {
        var document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        var services = try #require(document["services"] as? [String: [String: Any]])
        for (name, service) in services {
            var ports = service["ports"] as? [[String: Any]] ?? []
            published += ports.compactMap { $0["published"] as? String }
            for index in ports.indices { ports[index]["published"] = nil }
            services[name]?["ports"] = ports
            if let container = service["container_name"] as? String { containers.append(container) }
            services[name]?["container_name"] = nil
            // The alias by which others still find the container.
            services[name]?["networks"] = nil
        }
        document["services"] = services
        document["name"] = nil
        document["networks"] = nil
        masked = document as NSDictionary
    }
}

/// The docker compose of this machine.
private enum InstalledCompose {
    static let knowsOverride: Bool = {
        let entries = ProcessInfo.processInfo.environment.map { Array("\($0.key)=\($0.value)".utf8) }
        let docker = CapturedProgram("docker", environment: Environment(entries: entries))
        return docker.flatMap { ComposeVersion($0.run(["docker", "compose", "version"]).output) }?.knowsOverride
            ?? false
    }()
}
