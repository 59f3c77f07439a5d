import PortrunBase
import PortrunLaunch
import Testing

/// A second worktree of a project that gives its ports, and values that follow, names which programs obey.
@Suite(.timeLimit(.minutes(30)))
struct RefusedVariableTests {
    private let project: Project

    private static let ports = ["LD_LIBRARY_PATH", "BASH_ENV", "PROMPT_COMMAND", "UID", "status", "PORTRUN_SHIMS"]
    private static let values = ["PS1", "NODE_OPTIONS", "LESSOPEN", "GIT_SSH_COMMAND", "PERL5OPT", "DOCKER_HOST"]

    init() throws {
        project = try Project()
        var compose = "services:\n"
        for (index, name) in Self.ports.enumerated() {
            compose += "  s\(index): {image: x, ports: ['${\(name):-\(project.outside + index)}:80']}\n"
        }
        compose += "  web: {image: x, ports: ['${WEB_PORT_HTTP:-\(project.outside + 6)}:80']}\n"
        try project.scratch.write(compose, to: "compose.yaml")
        var env = "API_URL=http://localhost:\(project.outside)\n"
        for name in Self.values { env += "\(name)=\"x GUARD localhost:\(project.outside)\"\n" }
        try project.scratch.write(env, to: ".env")
        let outcome = try project.scratch.shell(
            """
            set -e
            git init -q -b main; git add .
            git -c user.name=a -c user.email=a@example.org commit -q -m first
            git worktree add -q ../feature -b feature
            "$LAUNCHER" -q -- true
            "$LAUNCHER" allow -q -C ../feature
            """)
        try #require(outcome == .printed(""))
    }

    private func inFeature(_ words: String..., variables: [String] = []) throws -> Outcome {
        try project.run([words[0], "-C", "../feature"] + words.dropFirst(), variables)
    }

    /// The variables in `text`, by the start of each line.
    private func check(_ text: String, _ comment: Comment) {
        for line in text.split(separator: "\n") where !line.contains("PORTRUN_CHANGES") {
            for name in Self.ports + Self.values {
                let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_") }.prefix(3)
                #expect(!words.contains { $0 == name }, comment)
            }
            #expect(!line.contains("GUARD"), comment)
        }
        #expect(text.contains("WEB_PORT_HTTP"), comment)
        #expect(text.contains("API_URL"), comment)
    }

    @Test(arguments: ["shell", "direnv", "fish", "nu", "powershell", "json", "dotenv", "env", "github"])
    func noExportSetsThem(_ format: String) throws {
        let outcome = try inFeature("export", "--format", format)
        #expect(outcome.ending == .exited(0))
        check(outcome.output, "\(format)")
        let hook = try inFeature("export", "--hook", "--format", format)
        check(hook.output, "\(format) at a prompt")
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func noShellGetsThem(_ shell: String) throws {
        let format = shell == "fish" ? "fish" : "shell"
        let source = shell == "fish" ? "cat exported | source" : #"eval "$(cat exported)""#
        let outcome = try project.scratch.shell(
            """
            "$LAUNCHER" export -C ../feature --format \(format) 2>/dev/null >exported
            env -i PATH="$PATH" HOME="$HOME" \(shell) -c '\(source)
            /usr/bin/env' | sort
            """)
        #expect(outcome.ending == .exited(0), "\(outcome)")
        check(outcome.output, "\(outcome)")
    }

    @Test func noCommandGetsThem() throws {
        let outcome = try inFeature("run", "-q", "--no-shim", "--", "/usr/bin/env")
        check(outcome.output, "\(outcome)")
        check(try inFeature("explain", "-q", "--no-shim").output, "explain")
    }

    @Test func eachIsToldOnceWithItsLine() throws {
        let outcome = try inFeature("export")
        for (index, name) in Self.ports.enumerated() {
            let lines = outcome.errors.split(separator: "\n").filter { $0.contains("`\(name)`") }
            #expect(lines.count == 1, "\(outcome.errors)")
            #expect(lines.first?.hasPrefix("portrun: warning: compose.yaml:\(index + 2): `\(name)` is not set") == true)
        }
        for (index, name) in Self.values.enumerated() {
            let lines = outcome.errors.split(separator: "\n").filter { $0.contains("`\(name)`") }
            #expect(lines.count == 1, "\(outcome.errors)")
            #expect(lines.first?.hasPrefix("portrun: warning: .env:\(index + 2): `\(name)` keeps its port") == true)
        }
    }

    @Test(arguments: ["LD_PORT", "MALLOC_ARENA_PORT", "npm_config_port", "BASH_ENV"])
    func theAdviceIsToldOfNoNameThatFollowsIt(_ name: String) throws {
        try project.scratch.write(
            "services: {db: {image: x, ports: ['${\(name):-\(project.outside)}:80']}}\n", to: "../feature/compose.yaml")
        let errors = try inFeature("export").errors
        #expect(errors.contains("`\(name)` is not set to the port of `db`"), "\(errors)")
        #expect(errors.contains("ends in `_PORT`") == (name == "BASH_ENV"), "\(errors)")
    }

    @Test func thePortsMoveByTheOverride() throws {
        let outcome = try inFeature("explain", "-q", "--", "docker", "compose", "up")
        #expect(outcome.output.contains("/overrides/"))
        _ = try inFeature("export")
        let found = try inFeature("discover")
        for index in Self.ports.indices {
            let row = try #require(found.output.split(separator: "\n").first { $0.hasPrefix("s\(index)\t") })
            let columns = row.split(separator: "\t")
            #expect(columns[6] == "override" && columns[5] != "\(project.outside + index)", "\(row)")
        }
    }

    /// A value that the user has for such a name stays as it is.
    @Test func theUsersOwnStays() throws {
        let own = "DOCKER_HOST=tcp://localhost:\(project.outside)"
        let outcome = try project.run(
            ["run", "-q", "-C", "../feature", "--no-shim", "--", "/usr/bin/printenv", "DOCKER_HOST"], [own])
        #expect(outcome == .printed("tcp://localhost:\(project.outside)\n"))
    }
}
