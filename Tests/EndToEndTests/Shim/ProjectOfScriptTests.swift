import PortrunLaunch
import Testing

/// `COMPOSE_PROJECT_NAME`, set by a script of a linked worktree, demands a project as `-p` does.
@Suite(.timeLimit(.minutes(30)))
struct ProjectOfScriptTests {
    let project: Project
    let environment: [String]

    init() throws {
        project = try Project()
        let scratch = project.scratch
        try scratch.write("services: {db: {image: x}}\nvolumes: {data: }\n", to: "../main/compose.yaml")
        try scratch.write("COMPOSE_PROJECT_NAME=dot\n", to: "../main/.env")
        try scratch.write("export COMPOSE_PROJECT_NAME := ci\nup:\n\tdocker compose up\n", to: "../main/Makefile")
        try project.becomeGuest()
        try scratch.writeProgram(
            """
            #!/bin/sh
            case "$*" in version | *"compose version") echo "Docker Compose version v2.30.0"; exit;; esac
            printf '%s' "$COMPOSE_PROJECT_NAME:"
            for word; do printf ' %s' "$word"; done
            echo
            """, to: "../tools/docker")
        environment = scratch.shellEnvironment.map { entry in
            entry.hasPrefix("PATH=") ? "PATH=\(scratch.project)/../tools:" + entry.dropFirst(5) : entry
        }
    }

    private func output(of script: String, in folder: String = ".", _ variables: String...) throws -> String {
        let outcome = try project.scratch.run(
            ["/bin/sh", "-c", "cd \(folder) && exec '\(Program.portrun)' run -q -- /bin/sh -c '\(script)'"],
            environment: environment + variables)
        #expect(outcome.ending == .exited(0), "\(outcome)")
        return outcome.output
    }

    @Test(arguments: [
        ("COMPOSE_PROJECT_NAME=ci docker compose down -v", "compose -p ci-main-topic down -v"),
        ("export COMPOSE_PROJECT_NAME=ci; docker compose exec db ls", "compose -p ci-main-topic exec db ls"),
        ("export COMPOSE_PROJECT_NAME=ci; docker volume rm ci_data", "volume rm ci-main-topic_data"),
        ("docker stop ci-db-1", "stop ci-main-topic-db-1"),
        ("COMPOSE_PROJECT_NAME=ci docker compose -p of down", "compose -p of-main-topic down"),
    ])
    func isThisCheckouts(_ script: String, _ expected: String) throws {
        #expect(try output(of: script).hasSuffix(": \(expected)\n"))
    }

    /// What is demanded is what compose finds in `.env` by itself, as after an `include .env` of a makefile.
    @Test func isTheOwnOneWhereItIsComposesChoice() throws {
        #expect(
            try output(of: "COMPOSE_PROJECT_NAME=dot docker compose down") == "main-topic: compose down\n")
    }

    @Test func staysInTheMainWorktree() throws {
        #expect(
            try output(of: "COMPOSE_PROJECT_NAME=ci docker compose down", in: "../main") == "ci: compose down\n")
    }

    @Test func staysWhereTheUserHasSetIt() throws {
        let own = "COMPOSE_PROJECT_NAME=mine"
        #expect(try output(of: "docker compose down", own) == "mine: compose down\n")
        #expect(
            try output(of: "\(own) docker compose down; \(Program.portrun) run -q -- docker compose ps", own)
                == "mine: compose down\nmine: compose ps\n")
        let other = try output(of: "COMPOSE_PROJECT_NAME=ci docker compose down", own)
        #expect(other.hasSuffix(": compose -p ci-main-topic down\n"), "\(other)")
    }
}
