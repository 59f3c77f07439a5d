import PortrunBase
import PortrunLaunch
import Testing

/// What commands read by themselves while no localhost is translated: told of before the start, and never hidden.
@Suite(.timeLimit(.minutes(30)))
struct EnvFileOfTestsTests {
    private let project: Project
    private var port: Int { project.outside }

    init() throws {
        project = try Project()
        let outcome = try project.scratch.shell(
            """
            set -e
            echo 'services: {db: {image: x, ports: ["\(port):5432"]}}' >compose.yaml
            printf 'DATABASE_URL=postgres://localhost:\(port)/app\\nOTHER_URL=localhost:\(port)\\n' >.env
            echo DATABASE_URL=postgres://localhost:\(port)/app_test >.env.test
            printf -- '-include .env\\nexport\\ntest:\\n\\t@echo $(DATABASE_URL)\\n' >Makefile
            printf '#!/bin/sh\\n. ./.env\\necho $DATABASE_URL\\n' >reset.sh
            printf '#!/bin/sh\nwhile read -r line; do export "$line"; done <.env\necho $DATABASE_URL\n' >lines.sh
            printf 'test:\n\t@$(MAKE) -s --no-print-directory -C sub test\n' >outer.mk
            mkdir sub
            printf -- 'include ../.env\nexport\ntest:\n\t@echo $(DATABASE_URL)\n' >sub/Makefile
            chmod +x reset.sh lines.sh
            echo .env >.gitignore
            git init -q -b main
            git add .
            git -c user.name=a -c user.email=a@example.org commit -q -m first
            git worktree add -q ../feature -b feature
            cp .env ../feature
            "$LAUNCHER" -- true
            """)
        try #require(outcome == .printed(""))
    }

    private func run(_ words: [String], in folder: String, translating: String = "off") throws -> Outcome {
        try project.run(["run", "--translate", translating, "-C", folder, "--"] + words)
    }

    private static let commands = [
        ["./reset.sh"], ["make", "-s", "test"], ["sh", "-c", ". ./.env; echo $DATABASE_URL"],
        ["./lines.sh"], ["make", "-s", "-f", "outer.mk", "test"],
    ]

    @Test func aShellIsToldWhatItIsNotGiven() throws {
        let outcome = try project.run("export", "--format", "json", "-C", "../feature")
        #expect(!outcome.output.contains("DATABASE_URL") && outcome.output.contains("OTHER_URL"), "\(outcome)")
        #expect(outcome.errors.contains(".env:1: `DATABASE_URL` keeps \(port), and `db` is on \(project.first) here"))
        #expect(outcome.errors.contains("a file of another mode has it too, so start commands with `portrun --`"))
        #expect(try project.run("export", "--format", "json").errors == "")
    }

    @Test(arguments: commands)
    func aFileThatWinsIsToldOf(_ command: [String]) throws {
        let outcome = try run(command, in: "../feature")
        #expect(outcome.output == "postgres://localhost:\(port)/app\n")
        let start = "portrun: warning: .env:1: `DATABASE_URL` keeps \(port), and `db` is on \(project.first) here"
        #expect(
            outcome.errors.contains("\(start), with 1 more in this file: `portrun write --env` puts the port there\n"))
    }

    @Test(arguments: commands)
    func nothingIsToldWhereNothingHasMoved(_ command: [String]) throws {
        #expect(try run(command, in: ".") == .printed("postgres://localhost:\(port)/app\n"))
    }

    @Test func writingTheFileSettlesIt() throws {
        try #require(try project.run(["write", "-C", "../feature", "--env"]).ending == .exited(0))
        let outcome = try run(["./reset.sh"], in: "../feature")
        #expect(outcome.output == "postgres://localhost:\(project.first)/app\n")
        #expect(!outcome.errors.contains("warning: .env:"))
    }

    /// `portrun write --env` does not write it.
    @Test func anEnvrcIsForItsUserToEdit() throws {
        try project.scratch.write("export DB_URL=postgres://localhost:\(port)/app\n", to: "../feature/.envrc")
        try project.scratch.write(".envrc\n", to: ".git/info/exclude")
        let outcome = try run(["sh", "-c", ". ./.envrc; echo $DB_URL"], in: "../feature")
        #expect(outcome.output == "postgres://localhost:\(port)/app\n")
        let start = "portrun: warning: .envrc:1: `DB_URL` keeps \(port), and `db` is on \(project.first) here"
        #expect(
            outcome.errors.contains("\(start): put \(project.first) there yourself, or leave `--translate off` out\n"),
            "\(outcome)")
    }

    @Test func aTestsVariableIsNotHidden() throws {
        let outcome = try run(["sh", "-c", "echo ${DATABASE_URL-unset} $OTHER_URL"], in: "../feature")
        #expect(outcome.output == "unset localhost:\(project.first)\n")
        let start = "portrun: warning: .env.test:1: `DATABASE_URL` keeps \(port), and `db` is on \(project.first) here"
        #expect(
            outcome.errors.contains(
                "\(start): git tracks the file, so set `DATABASE_URL` for the command that reads it, "
                    + "or leave `--translate off` out\n"))
    }
}
