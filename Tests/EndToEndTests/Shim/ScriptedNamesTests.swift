import PortrunLaunch
import Testing

/// Names in a compose file of a subfolder that only a makefile or a script names, in a linked worktree where nobody has
/// started it.
@Suite(.timeLimit(.minutes(30)))
struct ScriptedNamesTests {
    let project: Project

    init() throws { project = try Project() }

    /// Makes the project's folder a worktree of a checkout with this file and a docker that prints its words.
    ///
    /// - Returns: the environment of a command there.
    private func checkOut(_ compose: String, makefile: String) throws -> [String] {
        let scratch = project.scratch
        try scratch.write(compose, to: "../main/infra/compose.yaml")
        try scratch.write(makefile, to: "../main/Makefile")
        try project.becomeGuest()
        try scratch.writeProgram(
            """
            #!/bin/sh
            case "$*" in version | *"compose version") echo "Docker Compose version v2.30.0"; exit;; esac
            printf '%s' "${0##*/}"
            for word; do printf ' <%s>' "$word"; done
            echo
            """, to: "../tools/docker")
        return scratch.shellEnvironment.map { entry in
            entry.hasPrefix("PATH=") ? "PATH=\(scratch.project)/../tools:" + entry.dropFirst(5) : entry
        }
    }

    private static let makefile = "up:\n\tdocker compose -f infra/compose.yaml up -d\n"

    private var compose: String {
        """
        services:
          db: {image: x, container_name: shop_db, ports: ['\(project.outside):5432'], volumes: ['dbdata:/data']}
          api: {image: 'shop/api:dev', build: .}
          cache: {image: x}
        volumes: {dbdata: {name: shop_dbdata}, tmp: }

        """
    }

    @Test(arguments: [
        ("docker volume rm shop_dbdata", "docker <volume> <rm> <main-topic_dbdata>"),
        ("docker run -v shop_dbdata:/data x", "docker <run> <-v> <main-topic_dbdata:/data> <x>"),
        ("docker volume rm infra_tmp", "docker <volume> <rm> <main-topic_tmp>"),
        ("docker stop shop_db infra-cache-1", "docker <stop> <main-topic-shop_db> <main-topic-cache-1>"),
        ("docker inspect infra-cache-1", "docker <inspect> <main-topic-cache-1>"),
        ("docker network rm infra_default", "docker <network> <rm> <main-topic_default>"),
        ("docker run shop/api:dev", "docker <run> <shop/api:dev-main-topic>"),
        ("docker ps -f name=infra-", "docker <ps> <-f> <name=main-topic->"),
        ("docker volume rm other_dbdata", "docker <volume> <rm> <other_dbdata>"),
    ])
    func areThisCheckouts(_ command: String, _ expected: String) throws {
        let environment = try checkOut(compose, makefile: Self.makefile)
        for words in [["/bin/sh", "-c", command], command.split(separator: " ").map(String.init)] {
            let outcome = try project.scratch.run(
                [Program.portrun, "run", "-q", "--"] + words, environment: environment)
            #expect(outcome == .printed(expected + "\n"))
        }
        let main = try project.scratch.run(
            ["/bin/sh", "-c", "cd ../main && '\(Program.portrun)' run -q -- \(command)"], environment: environment)
        #expect(
            main == .printed("docker" + command.split(separator: " ").dropFirst().map { " <\($0)>" }.joined() + "\n"))
    }

    /// What a script demands by `-p` is `<that>-<project>` here, for compose and for docker.
    @Test func aDemandedProjectIsKnownToo() throws {
        let environment = try checkOut(
            "services: {db: {image: x}}\nvolumes: {data: }\n",
            makefile: "up:\n\tdocker compose -p ci -f infra/compose.yaml up -d\n\tmkdir -p data\n")
        let script = "docker compose -p ci -f infra/compose.yaml down; docker volume rm ci_data; docker stop ci-db-1"
        let outcome = try project.scratch.run(
            [Program.portrun, "run", "-q", "--", "/bin/sh", "-c", script], environment: environment)
        let lines = outcome.output.split(separator: "\n")
        try #require(lines.count == 3, "\(outcome)")
        #expect(lines[0].hasPrefix("docker <compose> <-p> <ci-main-topic> <-f>"), "\(outcome)")
        #expect(lines[1...] == ["docker <volume> <rm> <ci-main-topic_data>", "docker <stop> <ci-main-topic-db-1>"])
        #expect(
            try project.run("export").errors
                == "portrun: warning: commands of this shell with `-p ci`, as scripts have it, are about the main "
                + "worktree's containers: put `portrun --` before them, as in `portrun -- make up`\n")
    }

    @Test func discoverTellsOfThem() throws {
        _ = try checkOut(compose, makefile: Self.makefile)
        let outcome = try project.run("discover")
        let line =
            "infra/compose.yaml:5: volume `dbdata` is called `shop_dbdata` in every checkout: other checkouts have their own "
            + "instead\n"
        #expect(outcome.output.contains(line), "\(outcome)")
    }

    /// `volumes` alone: no port is declared.
    @Test func discoverTellsOfThemWithoutAPort() throws {
        _ = try checkOut(
            "services: {db: {image: x}}\nvolumes: {dbdata: {name: shop_dbdata}}\n", makefile: Self.makefile)
        let outcome = try project.run("discover")
        #expect(outcome.output.contains("infra/compose.yaml:2: volume `dbdata` is called `shop_dbdata`"), "\(outcome)")
    }

    /// Compose would replace the main worktree's containers by its own.
    @Test(arguments: ["export", "export --hook", "run -q -- env"])
    func aShellWithTheirPortHasTheProjectsOwnName(_ command: String) throws {
        let declared = project.outside
        _ = try checkOut(
            "services: {db: {image: postgres, ports: ['${DB_PORT:-\(declared)}:5432']}}\n", makefile: Self.makefile)
        if command.hasSuffix("--hook") { try #require(try project.run("allow", "-q").ending == .exited(0)) }
        let outcome = try project.run(command.split(separator: " ").map(String.init))
        #expect(outcome.output.contains("DB_PORT=\(project.postgres)\n"), "\(outcome)")
        #expect(outcome.output.contains("COMPOSE_PROJECT_NAME=main-topic\n"), "\(outcome)")
        #expect(!outcome.errors.contains("portrun --"), "nothing else is fixed: \(outcome)")
        let main = try project.scratch.shell("cd ../main && '\(Program.portrun)' export")
        #expect(!main.output.contains("COMPOSE_PROJECT_NAME"), "\(main)")
    }

    /// No script names the file, but a command has been started in its folder.
    @Test func soDoesAShellWithAPortOfAnotherFolder() throws {
        _ = try checkOut(
            "services: {db: {image: postgres, ports: ['${DB_PORT:-\(project.outside)}:5432']}}\n", makefile: "up:\n")
        #expect(try !project.run("export").output.contains("COMPOSE_PROJECT_NAME"))
        try #require(try project.run("book", "--auto", "-C", "infra").ending == .exited(0))
        let output = try project.run("export").output
        #expect(output.contains("DB_PORT=\(project.postgres)\n"), "\(output)")
        #expect(output.contains("COMPOSE_PROJECT_NAME=main-topic\n"), "\(output)")
    }

    @Test func aShellIsToldOfWhatIsFixed() throws {
        _ = try checkOut(compose, makefile: Self.makefile)
        let end = "of the main worktree: put `portrun --` before them, as in `portrun -- make up`\n"
        #expect(
            try project.run("export").errors.contains(
                "portrun: warning: infra/compose.yaml:5: commands of this shell that name this file use the volume "
                    + "`shop_dbdata` " + end))
        try project.scratch.write(
            "services: {db: {image: x, ports: ['\(project.outside):5432']}}\n", to: "infra/compose.yaml")
        #expect(
            try project.run("export").errors.contains(
                "portrun: warning: infra/compose.yaml:1: commands of this shell that name this file use the port "
                    + "\(project.outside) " + end))
        #expect(try !project.run("run", "--", "true").errors.contains("commands of this shell"))
    }

    /// `COMPOSE_FILE`, which has the override, is no word of a command with `-f`.
    @Test func aShellIsToldOfTheRootsFileWhereACommandNamesIt() throws {
        _ = try checkOut("services: {x: {image: x}}\n", makefile: "up:\n\tdocker compose -f ./compose.yaml up -d\n")
        try project.scratch.write(
            "services: {db: {image: x, ports: ['\(project.outside):5432']}}\n", to: "compose.yaml")
        let warning =
            "portrun: warning: compose.yaml:1: commands of this shell that name this file use the port "
            + "\(project.outside) of the main worktree: put `portrun --` before them, as in `portrun -- make up`\n"
        #expect(try project.run("export").errors.contains(warning))
        try project.scratch.write("up:\n\tdocker compose up -d\n", to: "Makefile")
        #expect(try !project.run("export").errors.contains("commands of this shell"))
    }

    /// `-p` wins over `COMPOSE_PROJECT_NAME`, in whatever way the name is written.
    @Test(arguments: ["cd infra && docker compose -p $(NAME) up -d", "docker compose -p ci up -d"])
    func aShellIsToldOfADemandedProject(_ command: String) throws {
        _ = try checkOut("services: {db: {image: x}}\n", makefile: "NAME = ci\nup:\n\t\(command)\n")
        try project.scratch.write("services: {mail: {image: x}}\n", to: "compose.yaml")
        #expect(
            try project.run("export").errors
                == "portrun: warning: commands of this shell with `-p ci`, as scripts have it, are about the main "
                + "worktree's containers: put `portrun --` before them, as in `portrun -- make up`\n")
    }
}
