import Foundation
import PortrunBase
import PortrunCompose
import PortrunLaunch
import Testing

/// What the real docker compose makes of a project whose port another context has.
@Suite(
    .timeLimit(.minutes(30)),
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
        try project.take(fixed)
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

    /// A compose before `!override` gets the whole configuration, and says the same of it.
    @Test(arguments: ways)
    func movesThePortForAnOldComposeToo(_ way: String) throws {
        if way.contains("make"), Program.find("make") == nil { return }
        let old = try OldCompose(in: project.scratch)
        let plain = try configuration(
            of: run([Program.portrun, "-q", "--no-shim", "--no-discover", "--", "sh", "-c", way]))
        let moved = try configuration(
            of: run([Program.portrun, "run", "--context", "second", "-q", "--", "sh", "-c", way], old))
        #expect(moved.published == ["\(project.first)"] && moved.containers == ["second-the-db"])
        #expect(moved.masked == plain.masked, "nothing else has changed")
        #expect(!wholeConfigurations.isEmpty)
    }

    @Test func anOldComposeFindsServicesOfInactiveProfiles() throws {
        try project.scratch.write(
            "services: {tool: {image: y, profiles: [extra], environment: {A: 'b$$c', S: '${SET}'}}}",
            to: "compose.override.yaml")
        try project.scratch.write("SET=se$$cret\n", to: ".env")
        let old = try OldCompose(in: project.scratch)
        let words = [Program.portrun, "run", "--context", "second", "-q", "--", "docker", "compose"]
        for flags in [[], ["--profile", "extra"]] {
            let outcome = try run(words + flags + ["config", "--services"], old)
            let services = outcome.output.split(separator: "\n").sorted()
            #expect(services == (flags.isEmpty ? ["db"] : ["db", "tool"]), "\(outcome)")
        }
        let whole = try run(words + ["--profile", "extra", "config"], old)
        #expect(whole.output.contains("A: b$$c\n") && whole.output.contains("S: se"), "\(whole)")
        let path = try #require(wholeConfigurations.first)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func whatAnOldComposeRefusesIsRefusedBeforeItStarts() throws {
        try project.scratch.write("services: {db: {depends_on: [nobody]}}", to: "compose.override.yaml")
        let old = try OldCompose(in: project.scratch)
        let outcome = try run(
            [Program.portrun, "run", "--context", "second", "-q", "--", "docker", "compose", "up"], old)
        #expect(outcome.ending == .exited(125) && outcome.output == "")
        #expect(outcome.errors.contains("nobody"), "compose itself says why")
        #expect(
            outcome.errors.contains(
                "portrun: error: `docker compose` 2.20.3 does not print its configuration, so its ports cannot be moved"
            ))
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

    /// - Parameter compose: the one to find first; nil for the real one.
    private func run(_ words: [String], _ compose: OldCompose? = nil) throws -> Outcome {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let environment = project.scratch.shellEnvironment.filter { !$0.hasPrefix("PATH=") }
        let settings = ProcessInfo.processInfo.environment["DOCKER_CONFIG"].map { ["DOCKER_CONFIG=\($0)"] } ?? []
        let first = compose.map { $0.folder + ":" } ?? ""
        return try project.scratch.run(words, environment: environment + settings + ["PATH=\(first)\(path)"])
    }

    /// The whole configurations that were written.
    private var wholeConfigurations: [String] {
        let folder = project.scratch.path + "/overrides"
        return (FileSystem.names(in: folder) ?? []).filter { $0.contains("-whole") }.map { "\(folder)/\($0)" }
    }
}

/// A docker whose compose says that it is old, and refuses the tags that it does not know.
private struct OldCompose {
    let folder: String

    init(in scratch: Scratch) throws {
        let docker = try #require(Program.find("docker"))
        try scratch.writeProgram(
            """
            #!/bin/sh
            for word; do
                [ "$word" = version ] && echo "Docker Compose version v2.20.3" && exit
                if [ -f "$word" ] && grep -q '![or]' "$word"; then
                    echo "unknown tag in $word" >&2
                    exit 1
                fi
            done
            exec \(docker) "$@"
            """, to: "bin/docker")
        folder = scratch.project + "/bin"
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
        let docker = CapturedProgram(.docker, environment: Environment(entries: entries))
        let answer = docker?.run(["docker", "compose", "version"], until: PortrunBase.Deadline(after: .seconds(180)))
        return answer.flatMap { ComposeVersion($0.output) }?.knowsOverride ?? false
    }()
}
