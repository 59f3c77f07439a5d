import PortrunBase
import PortrunLaunch
import Testing

/// `portrun explain` tells what a launch would do, and does nothing of it.
@Suite(.timeLimit(.minutes(30)))
struct ExplainCommandTests {
    private let project: Project
    private var port: Int { project.outside }

    init() throws {
        project = try Project()
        try project.scratch.write("services:\n  db: {image: x, ports: ['\(port):5432']}\n", to: "compose.yaml")
        try project.scratch.write("# c\nURL=http://localhost:\(port)/x\n", to: ".env")
        let other = try project.run("book", "db", "--context", "other", "--port", "\(port)")
        try #require(other.ending == .exited(0))
    }

    private func explain(_ words: String..., variables: [String] = []) throws -> Outcome {
        let environment = project.scratch.environment.map { $0.hasPrefix("PATH=") ? "PATH=/bin" : $0 }
        return try project.scratch.run(
            [Program.portrun, "explain", "--no-shim"] + words, environment: environment + variables)
    }

    private var notice: String {
        "portrun: `db` moved from \(port) to \(project.first): \(port) is booked by other db\n"
    }

    @Test func tellsEveryVariableAndTheCommand() throws {
        let outcome = try explain(
            "--", "sh", "-c", "a $PORT", variables: ["A=x,localhost:\(port)", "PORTRUN_CHANGES=OLD:1", "OLD=1"])
        #expect(
            outcome
                == Outcome(
                    ending: .exited(0),
                    output: """
                        PORT	set	-	\(project.web)	booked for `web`
                        WEB_PORT	set	-	\(project.web)	booked for `web`
                        DB_PORT	set	-	\(project.first)	booked for `db` instead of \(port); from compose.yaml:2
                        COMPOSE_PROJECT_NAME	set	-	project	keeps the containers of checkouts apart
                        PORTRUN_CONTEXT	set	-	\(project.hash)	for a portrun inside
                        A	changed	x,localhost:\(port)	x,localhost:\(project.first)	\
                        `db` is on \(project.first) instead of \(port)
                        URL	set	-	http://localhost:\(project.first)/x	\
                        `db` is on \(project.first) instead of \(port); from .env:2
                        PORTRUN_CHANGES	changed	OLD:1	\(try changes(outcome))	for a portrun inside
                        OLD	removed	1	-	set by an earlier portrun

                        localhost:\(port) → \(project.first) (db), by translation

                        sh -c 'a $PORT'

                        """, errors: notice))
    }

    @Test func tellsWhatNeedsNoVariable() throws {
        let own = port + 1
        try project.scratch.write("services:\n  mail: {image: x, ports: ['\(own):25']}\n", to: "compose.yaml")
        let outcome = try explain("-q", "--", "docker", "compose", "up")
        #expect(outcome.output.contains("\nMAIL_PORT\tleft\t-\t-\t`mail` has \(own) by itself; from compose.yaml:2\n"))
    }

    /// The user has typed it, whatever the project declares.
    @Test func namesTheVariableThatTheNumberIsFrom() throws {
        let project = try Project()
        let (declared, typed) = (project.outside, project.outside + 1)
        try project.scratch.write("export default { server: { port: \(declared) } };\n", to: "vite.config.js")
        let by = "\nWEB_PORT\tleft\t-\t-\t`web` has"
        let words = ["explain", "--", "vite"]
        #expect(try project.run(words).output.contains("\(by) \(declared) by itself; from vite.config.js:1\n"))
        let asked = try project.run(words, ["PORT=\(typed)"])
        #expect(asked.output.contains("\(by) \(typed) by itself; from `PORT` in the environment\n"), "\(asked)")
        try project.scratch.write("\nPORT=\(typed)\n", to: ".env")
        try project.scratch.write(
            "require('dotenv').config(); listen(process.env.PORT || \(declared))\n", to: "server.js")
        let file = try project.run("explain", "--", "node", "server.js")
        #expect(file.output.contains("\(by) \(typed) by itself; from .env:2\n"), "\(file)")
    }

    @Test func readsAComposeFileOnStandardInput() throws {
        try project.take(port + 1, for: "mail", of: "third")
        let program = try project.scratch.start([
            Program.portrun, "explain", "-q", "--", "docker", "compose", "-f", "-", "up",
        ])
        program.write("services:\n  mail: {image: x, ports: ['\(port + 1):25']}\n")
        program.closeInput()
        let outcome = try program.finish()
        #expect(outcome.ending == .exited(0))
        #expect(outcome.output.contains("\tbooked for `mail` instead of \(port + 1)"))
        #expect(!outcome.output.contains("DB_PORT"))
    }

    @Test func tellsWhatTheOverrideSaysInContainers() throws {
        try project.scratch.write(
            """
            services:
              db: {image: x, ports: ['\(port):5432']}
              ui: {image: x, environment: [A=localhost:\(port)]}
            """, to: "compose.yaml")
        let outcome = try explain("-q", "--", "docker", "compose", "config")
        let row = "ui\tA\tlocalhost:\(port)\tlocalhost:\(project.first)\tcompose.yaml:3"
        #expect(outcome.output.split(separator: "\n").contains { $0 == row }, "\(outcome)")
        let json = try explain("-q", "--json", "--", "docker", "compose", "config").output
        #expect(json.contains("\"new\": \"localhost:\(project.first)\""), "\(json)")
    }

    @Test func writesNothing() throws {
        try project.scratch.write("{\"scripts\": {\"dev\": \"(vite)\"}}", to: "package.json")
        let state = Path.parent(project.scratch.registry)
        let before = try #require(FileSystem.names(in: state)).sorted()
        let outcome = try project.run("explain", "-q", "--port", "\(project.outside + 9)", "--", "npm", "run", "dev")
        // The file that would be loaded is told, and is not there.
        let path = try #require(outcome.output.firstMatch(of: /--require "([^"]*\/preload\/[^"]*)"/)).1
        #expect(FileSystem.kind(of: String(path)) == nil)
        #expect(try project.run("explain", "-q", "--", "docker", "compose", "up").ending == .exited(0))
        #expect(FileSystem.names(in: state)?.sorted() == before)
        #expect(try project.run("get", "--no-book", "web").ending == .exited(1))
    }

    /// What that variable is, for its digests say nothing to a reader.
    private func changes(_ outcome: Outcome) throws -> Substring {
        let row = try #require(outcome.output.split(separator: "\n").first { $0.hasPrefix("PORTRUN_CHANGES") })
        let value = try #require(row.split(separator: "\t").dropFirst(3).first)
        #expect(
            value.hasPrefix(
                "PORT:\(project.web) WEB_PORT:\(project.web) DB_PORT:\(project.first) COMPOSE_PROJECT_NAME:"))
        #expect(value.contains(/\ A:[0-9a-f]{1,16}@12\+5=[0-9]+\ URL:[0-9a-f]{1,16}$/))
        return value
    }

    @Test func booksAndWritesNothing() throws {
        let before = try project.run("status", "--all", "--json")
        _ = try explain("--", "docker", "compose", "up")
        _ = try explain("api", "--book", "mail", "--", "true")
        #expect(try project.run("status", "--all", "--json") == before)
        let state = Path.parent(project.scratch.registry)
        #expect(FileSystem.kind(of: state + "/overrides") == nil)
        #expect(FileSystem.kind(of: state + "/shims") == nil)
    }

    @Test func showsTheArgumentsOfComposeWithTheOverride() throws {
        let outcome = try explain("-q", "--", "docker", "compose", "up", "-d")
        let command = try #require(outcome.output.split(separator: "\n").last)
        let state = Path.parent(project.scratch.registry)
        #expect(command.hasPrefix("docker compose -f \(project.scratch.project)/compose.yaml -f \(state)/overrides/"))
        #expect(command.hasSuffix(".yaml up -d"))
        #expect(!outcome.output.contains("URL"))
    }

    @Test func printsJSON() throws {
        let outcome = try explain("-q", "--json", "--no-discover", "--", "printenv", "PORT")
        let object = try #require(JSONParser.value(of: Array(outcome.output.utf8)[...]))
        #expect(object["arguments"] == .array([.string("printenv"), .string("PORT")]))
        let first = try #require(object["variables"]?.elements?.first)
        #expect(
            first
                == .object([
                    "name": .string("PORT"), "action": .string("set"), "old": .null,
                    "new": .string("\(project.web)"), "reason": .string("booked for `web`"),
                    "services": .array([.string("web")]), "file": .null, "line": .null,
                ]))
    }

    @Test func withoutACommandTellsWhatAnyWouldGet() throws {
        let outcome = try explain("-q")
        #expect(outcome.output.hasPrefix("DB_PORT\tset\t-\t\(project.first)\t"))
        #expect(outcome.output.split(separator: "\n").last?.hasPrefix("PORTRUN_CHANGES") == true)
        #expect(try explain("-q", "--json", "--no-discover").output.contains("\"arguments\": null"))
    }

    @Test func switchedOffThereIsNothingToTell() throws {
        #expect(try explain("--", "sh", "a b", variables: ["PORTRUN=0"]) == .printed("\nsh 'a b'\n"))
    }

    @Test func runTellsTheSameWhenVerbose() throws {
        let told = try explain("--", "/bin/true").output.split(separator: "\n").map { "portrun: \($0)" }
        let environment = project.scratch.environment.map { $0.hasPrefix("PATH=") ? "PATH=/bin" : $0 }
        let run = try project.scratch.run(
            [Program.portrun, "run", "-v", "--no-shim", "--", "/bin/true"], environment: environment)
        #expect(run.errors.split(separator: "\n").suffix(told.count).map(String.init) == told)
    }
}
