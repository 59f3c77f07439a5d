import Foundation
import PortrunLaunch
import Testing

/// Commands of docker other than compose, inside a command and typed, beside the main worktree.
@Suite(.timeLimit(.minutes(30)))
struct DockerShimTests {
    let shim: ShimProject

    init() throws {
        shim = try ShimProject()
        try shim.scratch.write(
            """
            services:
              db: {image: x, container_name: the-db, ports: ['\(shim.fixed):5432']}
              api: {image: 'shop/api:dev', build: .}
            volumes: {data: {name: shop_data}, cache: }
            """, to: "compose.yaml")
        try shim.scratch.write("db:\n\tdocker run --name scripted x\n", to: "Makefile")
    }

    /// The launch around it has said so.
    @Test func aVariableThatIsNotSetIsToldOfOnce() throws {
        try shim.scratch.write(
            "services: {db: {image: x, ports: ['${FACE:-\(shim.fixed)}:5432']}}\n", to: "compose.yaml")
        let outcome = try shim.scratch.run(
            [Program.portrun, "run", "--context", "second", "--", "sh", "-c", "docker compose ps; docker compose ps"],
            environment: shim.environment)
        #expect(outcome.errors.components(separatedBy: "`FACE` is not set").count == 2, "\(outcome)")
    }

    @Test(arguments: [
        ("docker exec -it the-db ls the-db", "docker <exec> <-it> <second-the-db> <ls> <the-db>"),
        ("docker cp the-db:/x .", "docker <cp> <second-the-db:/x> <.>"),
        ("docker ps -qf name=the-db", "docker <ps> <-qf> <name=second-the-db>"),
        ("docker ps -aqf name=the-", "docker <ps> <-aqf> <name=second-.*the->"),
        (
            "docker ps -qf label=com.docker.compose.service=api",
            "docker <ps> <-qf> <label=com.docker.compose.service=api> <--filter> <label=com.docker.compose.project=second>"
        ),
        ("docker stop scripted", "docker <stop> <second-scripted>"),
        ("docker rm -f stranger the-db", "docker <rm> <-f> <stranger> <second-the-db>"),
        ("docker volume rm shop_data", "docker <volume> <rm> <second_data>"),
        ("docker run --rm shop/api:dev", "docker <run> <--rm> <shop/api:dev-second>"),
        ("docker run --rm -v data:/d x", "docker <run> <--rm> <-v> <second-data:/d> <x>"),
        // What compose itself calls after the project.
        ("docker run --rm -v project_cache:/d x", "docker <run> <--rm> <-v> <second_cache:/d> <x>"),
        (
            "docker run --mount source=project_cache,target=/d x",
            "docker <run> <--mount> <source=second_cache,target=/d> <x>"
        ),
        ("docker volume create project_cache", "docker <volume> <create> <second_cache>"),
        ("docker volume rm project_cache", "docker <volume> <rm> <second_cache>"),
        ("docker network create project_default", "docker <network> <create> <second_default>"),
        ("docker checkpoint create project-api-1 one", "docker <checkpoint> <create> <second-api-1> <one>"),
        ("docker tag x shop/api:dev", "docker <tag> <x> <shop/api:dev-second>"),
        ("docker tag shop/api:dev mine", "docker <tag> <shop/api:dev-second> <mine:second>"),
        ("docker commit the-db shop/db:1", "docker <commit> <second-the-db> <shop/db:1-second>"),
        ("docker import x.tar shop/base", "docker <import> <x.tar> <shop/base:second>"),
        ("docker debug the-db", "docker <debug> <second-the-db>"),
        ("docker container export the-db", "docker <container> <export> <second-the-db>"),
    ])
    func namesWhatTheCheckoutHas(_ command: String, _ expected: String) throws {
        #expect(try shim.inside(command) == .printed(expected + " second\n"))
        #expect(
            try shim.scratch.run(
                [Program.portrun, "run", "--context", "second", "-q", "--"]
                    + command.split(separator: " ").map(String.init), environment: shim.environment)
                == .printed(expected + " second\n"), "typed, it is the same")
    }

    /// The number that the project declares is the main worktree's, and the ports of containers are everybody's.
    @Test(arguments: ["ps -q", "container ls -a", "events"])
    func findsItsOwnContainersByPort(_ command: String) throws {
        let outcome = try shim.inside(
            "docker \(command) -f publish=\(shim.fixed)/tcp; docker \(command) -f expose=5432; docker \(command) -f expose=1"
        )
        let own = try shim.run("get", "db", "--context", "second", "--no-book", "-q").output.dropLast()
        let start = "docker" + command.split(separator: " ").map { " <\($0)>" }.joined() + " <-f> "
        let label = " <--filter> <label=com.docker.compose.project=second> second"
        #expect(
            outcome.output.split(separator: "\n") == [
                "\(start)<publish=\(own)/tcp>\(label)", "\(start)<expose=5432>\(label)", "\(start)<expose=1> second",
            ], "\(outcome)")
    }

    /// A registry may have an image of that name, which would take the main worktree's tag.
    @Test func pullingATagOfTheMainWorktreesIsTold() throws {
        func pull(_ image: String) throws -> Outcome {
            try shim.scratch.run(
                [Program.portrun, "run", "--context", "second", "--", "docker", "pull", image],
                environment: shim.environment)
        }
        let outcome = try pull("shop/api:dev")
        #expect(outcome.output == "docker <pull> <shop/api:dev-second> second\n")
        #expect(
            outcome.errors
                == "portrun: warning: `shop/api:dev` is `shop/api:dev-second` in this checkout, and the main worktree's "
                + "tag stays as it is: build it here, or put `PORTRUN=0` before the command to get the one that all "
                + "checkouts share\n")
        #expect(try pull("postgres:16").output.hasPrefix("docker <pull> <postgres:16> "))
        let outside = try shim.outside("PORTRUN=0 docker pull shop/api:dev")
        #expect(outside.output.hasPrefix("docker <pull> <shop/api:dev> "))
    }

    @Test(arguments: [
        "docker exec stranger ls", "docker stop db", "docker run --rm postgres", "docker ps -f name=stranger",
        "docker volume rm other", "docker inspect stranger", "docker run --rm -v other:/x:ro x",
    ])
    func leavesStrangersAlone(_ command: String) throws {
        // Whatever opened the registry would trip over this one.
        let outcome = try shim.inside("PORTRUN_REGISTRY=/dev/null " + command)
        #expect(outcome == (try shim.outside("COMPOSE_PROJECT_NAME=second " + command)))
    }

    @Test func tellsWhatAnEnvFileLetsAContainerReach() throws {
        try shim.scratch.write(
            "A=b\nURL=postgres://host.docker.internal:\(shim.fixed)/x\nHERE_URL=localhost:\(shim.fixed)\n", to: ".env")
        func told(_ command: String, in context: String = "second") throws -> String {
            try shim.scratch.run(
                [Program.portrun, "run", "--context", context, "--"] + command.split(separator: " ").map(String.init),
                environment: shim.environment
            ).errors
        }
        _ = try shim.inside("true")
        let start = "portrun: warning: .env:2: `URL` keeps \(shim.fixed), and `db` is on "
        let errors = try told("docker run --env-file .env x")
        #expect(errors.contains(start) && !errors.contains("more in this file"), "\(errors)")
        #expect(try told("docker run --net host --env-file=.env x").contains("here, with 1 more in this file"))
        #expect(try told("docker run x") == "")
        #expect(try told("docker run --env-file .env x", in: "first") == "")
        let script = try shim.scratch.run(
            [Program.portrun, "run", "--context", "second", "--", "/bin/sh", "-c", "docker run --env-file .env x"],
            environment: shim.environment)
        #expect(script.errors.contains(start), "\(script)")
    }

    @Test func booksWhatIsPublishedAndRenamesTheContainer() throws {
        let run = "docker run -dp \(shim.fixed):5432 --name pg postgres:16"
        let outcome = try shim.inside("\(run); docker stop pg; docker start pg")
        let lines = outcome.output.split(separator: "\n").map(String.init)
        try #require(lines.count == 3, "\(outcome)")
        let port = try #require(lines[0].split { "<>: ".contains($0) }.compactMap { Int($0) }.first)
        #expect(port != shim.fixed)
        #expect(lines[0] == "docker <run> <-dp> <\(port):5432> <--name> <second-pg> <postgres:16> second")
        #expect(lines[1...] == ["docker <stop> <second-pg> second", "docker <start> <second-pg> second"])
        #expect(try shim.run("get", "pg", "--context", "second", "--no-book", "-q") == .printed("\(port)\n"))
        #expect(try shim.inside(run).output == lines[0] + "\n", "and again")
    }

    @Test func composeRunIsNamedAndPublishedLikewise() throws {
        let outcome = try shim.inside("docker compose run --name job -p \(shim.fixed):80 db; docker cp job:/x .")
        let lines = outcome.output.split(separator: "\n").map(String.init)
        try #require(lines.count == 2, "\(outcome)")
        #expect(lines[0].contains("<run> <--name> <second-job> <-p>") && !lines[0].contains("<\(shim.fixed):80>"))
        #expect(lines[1] == "docker <cp> <second-job:/x> <.> second")
    }

    @Test func whatAProjectInASubfolderGivesIsKnownFromTheRoot() throws {
        let outcome = try shim.inside(
            """
            docker compose -f other/compose.yaml up -d
            docker exec other-cache-1 ls; docker ps -f name=other-cache; docker exec elsewhere-cache-1 ls
            """)
        let lines = outcome.output.split(separator: "\n").dropFirst()
        #expect(
            lines == [
                "docker <exec> <second-cache-1> <ls> second", "docker <ps> <-f> <name=second-cache> second",
                "docker <exec> <elsewhere-cache-1> <ls> second",
            ], "\(outcome)")
    }

    @Test func aProjectThatAScriptDemandsIsTheCheckoutsOwn() throws {
        let outcome = try shim.inside("docker compose -p ci up -d; cd \"$HOME\"; docker compose --project-name=ci down")
        let lines = outcome.output.split(separator: "\n")
        try #require(lines.count == 2, "\(outcome)")
        #expect(lines[0].hasPrefix("docker <compose> <-p> <ci-second> <-f>"))
        #expect(lines[1] == "docker <compose> <--project-name=ci-second> <down> second")
    }

    @Test func aContainerIsGivenTheScriptsEnvironment() throws {
        try shim.scratch.writeProgram("#!/bin/sh\necho \"$1 $A $PORT\"\n", to: "bin/docker")
        let outcome = try shim.inside("A=1 PORT=5 docker run --name a -p 1:1 x; A=2 PORT=6 docker exec the-db ls")
        #expect(outcome == .printed("run 1 5\nexec 2 6\n"))
    }

    @Test func isToldOfWhatGoesPastPortrun() throws {
        let outcome = try shim.scratch.run(
            [
                Program.portrun, "--context", "second", "--", "sh", "-c",
                "\(shim.scratch.project)/bin/docker stop the-db",
            ],
            environment: shim.environment)
        #expect(outcome.output == "docker <stop> <the-db> second\n")
        #expect(
            outcome.errors.contains("bin/docker` goes past portrun, and keeps the ports and names of"), "\(outcome)")
    }
}
