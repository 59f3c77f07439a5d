import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// Values follow moved ports, seen by real programs in two worktrees.
@Suite(.timeLimit(.minutes(30)))
struct ValueTests {
    private let project: Project
    private var port: Int { project.outside }

    /// A project in two worktrees, in the first of which it has run.
    init() throws {
        project = try Project()
        let outcome = try project.scratch.shell(
            """
            set -e
            cat >compose.yaml <<END
            services:
              db: {image: x, ports: ["\(port):5432"]}
              api: {image: x, environment: {DATABASE_URL: "\\${DATABASE_URL:-}"}}
            END
            cat >.env <<END
            # shared
            export DATABASE_URL="postgres://u:p@localhost:\(port)/shop" # of everybody
            ORIGINS='["http://localhost:\(port)","https://shop.example:\(port)"]'
            REMOTE=postgres://db:\(port)/shop
            END
            git init -q -b main
            git add .
            git -c user.name=a -c user.email=a@example.org commit -q -m first
            git worktree add -q ../feature -b feature
            echo LOCAL_URL=localhost:\(port) >../feature/.env.local
            "$LAUNCHER" -- true
            """)
        try #require(outcome == .printed(""))
    }

    /// The port of the database in the second worktree.
    private var moved: Int { project.first }

    private func inFeature(_ words: String..., variables: [String] = []) throws -> Outcome {
        try project.run(["run", "-q", "--translate", "off", "-C", "../feature"] + words, variables)
    }

    private static let names = ["DATABASE_URL", "ORIGINS", "REMOTE", "LOCAL_URL"]

    @Test func theFirstCheckoutSeesNothing() throws {
        let outcome = try project.run("--", "/bin/sh", "-c", "echo ${DATABASE_URL-unset} ${PORTRUN_CHANGES##* }")
        #expect(outcome == .printed("unset\n"))
    }

    @Test(.enabled(if: Program.find("node") != nil, "node is not installed"))
    func nodeReadsTheBookedPort() throws {
        let script = "console.log(['\(Self.names.joined(separator: "','"))'].map(n => process.env[n]).join('\\n'))"
        let node = try #require(Program.find("node"))
        #expect(
            try inFeature("--", node, "-e", script)
                == .printed(
                    """
                    postgres://u:p@localhost:\(moved)/shop
                    ["http://localhost:\(moved)","https://shop.example:\(port)"]

                    localhost:\(moved)

                    """))
    }

    /// A program that loads its file keeps what is in the environment: so libraries do, and so node does.
    @Test(.enabled(if: Program.find("node") != nil, "node is not installed"))
    func aLoadedFileDoesNotTakeItBack() throws {
        let node = try #require(Program.find("node"))
        #expect(
            try inFeature("--", node, "--env-file=.env", "-p", "process.env.DATABASE_URL + ' ' + process.env.REMOTE")
                == .printed("postgres://u:p@localhost:\(moved)/shop postgres://db:\(port)/shop\n"))
    }

    @Test(.enabled(if: Program.find("python3") != nil, "python3 is not installed"))
    func pythonReadsTheBookedPort() throws {
        let python = try #require(Program.find("python3"))
        let outcome = try inFeature(
            "--", python, "-c", "import os; print(os.environ['CACHE'], os.environ['DB_HOST'])",
            variables: ["CACHE=tcp://[::1]:\(port)", "DB_HOST=localhost:\(port)x"])
        #expect(outcome == .printed("tcp://[::1]:\(moved) localhost:\(port)x\n"))
    }

    @Test func theRealVariableWins() throws {
        let outcome = try inFeature(
            "--", "/bin/sh", "-c", "echo $DATABASE_URL", variables: ["DATABASE_URL=postgres://localhost:\(port)/mine"])
        #expect(outcome == .printed("postgres://localhost:\(moved)/mine\n"))
    }

    @Test func canBeTurnedOff() throws {
        let outcome = try inFeature(
            "--no-rewrite", "--", "/bin/sh", "-c", "echo $A ${DATABASE_URL-unset}", variables: ["A=localhost:\(port)"])
        #expect(outcome == .printed("localhost:\(port) unset\n"))
        let exported = try project.run("export", "-C", "../feature", "--no-rewrite")
        #expect(!exported.output.contains("LOCAL_URL"))
    }

    @Test func aFurtherFileCounts() throws {
        try project.scratch.write("MORE_URL=localhost:\(port)\n", to: "../feature/more.env")
        let outcome = try inFeature("--env-file", "more.env", "--", "/bin/sh", "-c", "echo $MORE_URL")
        #expect(outcome == .printed("localhost:\(moved)\n"))
    }

    @Test(arguments: ["../feature", "."])
    func aFurtherFileMustBeThere(_ folder: String) throws {
        let outcome = try project.run("run", "-q", "-C", folder, "--env-file", "nope", "--", "/bin/echo", "ran")
        let path = Path.absolute(folder + "/nope", in: project.scratch.project)
        #expect(outcome == .failed(125, "portrun: error: cannot read `\(path)`: No such file or directory\n"))
    }

    @Test func bytesStayBytes() throws {
        let variables = project.scratch.environment.map { Array($0.utf8) }
        let program = try project.scratch.start(
            [Program.portrun, "run", "-q", "-C", "../feature", "--", "/usr/bin/env"].map { Array($0.utf8) },
            environment: variables + [Array("RAW=".utf8) + [0xFE] + Array(" localhost:\(port)".utf8)])
        program.closeInput()
        let outcome = try program.finish()
        #expect(outcome.output.contains("RAW=\u{FFFD} localhost:\(moved)\n"))
    }

    @Test func anotherPortrunInsideStartsFromTheUsersValues() throws {
        let outcome = try inFeature(
            "--", "/bin/sh", "-c",
            "\(Program.portrun) run -q -C ../project -- /bin/sh -c 'echo ${A} ${LOCAL_URL-unset}'",
            variables: ["A=localhost:\(port)"])
        #expect(outcome == .printed("localhost:\(port) unset\n"))
    }

    @Test func aShellGetsWhatComposeDoesNotRead() throws {
        let outcome = try project.run("export", "-C", "../feature")
        #expect(outcome.ending == .exited(0))
        #expect(outcome.output.contains("\nexport LOCAL_URL=localhost:\(moved)\n"))
        #expect(!outcome.output.contains("DATABASE_URL"))
        let second = try project.scratch.shell(
            #"cd ../feature; eval "$("$LAUNCHER" export 2>/dev/null)"; "$LAUNCHER" export 2>/dev/null"#)
        #expect(second == .printed(outcome.output))
        let left = try project.scratch.shell(
            #"cd ../feature; eval "$("$LAUNCHER" export 2>/dev/null)"; cd ../project; "$LAUNCHER" export"#)
        #expect(left.output.contains("unset LOCAL_URL\n"))
    }
}
