import Testing

/// In a linked worktree, only the main one's numbers are the main one's: what the user sets here is had.
@Suite(.timeLimit(.minutes(30)))
struct GuestWishTests {
    let project: Project
    /// The number that the main worktree has, and one that nobody has.
    private let (main, wished): (Int, Int)

    init() throws {
        project = try Project()
        (main, wished) = (project.outside, project.outside + 1)
        try project.scratch.write(
            "services: {db: {image: postgres, ports: ['${POSTGRES_PORT:-\(main)}:5432']}}\n", to: "../main/compose.yaml"
        )
        try project.scratch.write(".env\n", to: "../main/.gitignore")
        try project.becomeGuest()
    }

    private let words = ["--", "/bin/sh", "-c", "echo $POSTGRES_PORT"]

    @Test func aWishOfTheEnvironmentIsHad() throws {
        #expect(try project.run(words, ["POSTGRES_PORT=\(wished)"]) == .printed("\(wished)\n"))
        let refused = try project.run(words, ["POSTGRES_PORT=\(main)"])
        #expect(refused.ending == .exited(0) && refused.output != "\(main)\n", "\(refused)")
    }

    @Test func soIsOneOfTheWorktreesOwnEnvFile() throws {
        try project.scratch.write("POSTGRES_PORT=\(main)\n", to: ".env")
        try project.scratch.write("POSTGRES_PORT=\(main)\n", to: "../main/.env")
        let moved = try project.run(words)
        #expect(moved.output == "\(project.postgres + 1)\n" || moved.output == "\(project.postgres)\n", "\(moved)")
        try project.scratch.write("POSTGRES_PORT=\(wished)\nURL=postgres://localhost:\(main)/x\n", to: ".env")
        // Where the command has a localhost of its own the file says it already.
        let outcome = try project.run(["run", "--translate", "off", "--", "/bin/sh", "-c", "echo $POSTGRES_PORT $URL"])
        #expect(outcome == .printed("\(wished) postgres://localhost:\(wished)/x\n"))
    }

    @Test func whatTheMainWorktreeHasBookedStaysItsOwn() throws {
        // There it was wished for, and lies idle now.
        try #require(
            try project.scratch.shell("cd ../main && POSTGRES_PORT=\(wished) '\(Program.portrun)' book --auto -q")
                .ending
                == .exited(0))
        let outcome = try project.run(words, ["POSTGRES_PORT=\(wished)"])
        #expect(outcome.ending == .exited(0) && outcome.output != "\(wished)\n", "\(outcome)")
        #expect(outcome.errors.contains("\(wished) is booked by "), "\(outcome)")
    }

    @Test func aWishThatSomebodyHasIsRefusedForThatReason() throws {
        try project.take(wished)
        let outcome = try project.run(words, ["POSTGRES_PORT=\(wished)"])
        #expect(outcome.errors.contains("\(wished) is booked by first db"), "\(outcome)")
    }

    @Test func adoptBooksOtherPortsThanTheMainWorktrees() throws {
        let (server, mail) = (project.outside + 5, project.outside + 6)
        try project.scratch.write("{\"scripts\": {\"api\": \"./api --port \(server)\"}}", to: "package.json")
        try project.scratch.write("MAIL_PORT=\(mail)\n", to: ".env.example")
        let outcome = try project.run("adopt")
        // Each from the range of its kind, as in a launch.
        let ports = ["db": project.postgres, "api": project.web, "mail": project.first]
        for (service, port) in ["db": main, "api": server, "mail": mail] {
            let moved = "`\(service)` moved from \(port) to \(ports[service] ?? 0)"
            #expect(outcome.ending == .exited(0) && outcome.errors.contains(moved), "\(outcome)")
        }
        #expect(outcome.output.contains("db\t\(project.postgres)\tcompose.yaml:1\tbooked\n"))
        let again = try project.run("adopt")
        #expect(again.output == outcome.output.replacing("booked", with: "kept"), "\(again)")
    }

    @Test func aChangedDefaultOfTheComposeFileIsHad() throws {
        let moved = try project.run(words)
        #expect(moved.ending == .exited(0) && moved.output != "\(main)\n")
        try project.scratch.write(
            "services: {db: {image: postgres, ports: ['${POSTGRES_PORT:-\(wished)}:5432']}}\n", to: "compose.yaml")
        #expect(try project.run(words) == .printed("\(wished)\n"))
        // Without a variable, too.
        try project.scratch.write(
            "services: {db: {image: postgres, ports: ['\(wished + 1):5432']}}\n", to: "compose.yaml")
        #expect(try project.run("-q", "--", "/bin/sh", "-c", "echo $DB_PORT") == .printed("\(wished + 1)\n"))
    }

    /// A number that the files here alone declare is not the main worktree's.
    @Test func whoHasANewServicesNumberIsTold() throws {
        let (own, left) = (project.postgres, project.outside + 7)
        try #require(try project.run("-q", "--", "true").ending == .exited(0))
        try project.take(wished)
        let server = try Server(on: "127.0.0.1", port: wished + 1, in: project.scratch)
        try project.scratch.write(
            """
            services:
              db: {image: postgres, ports: ['${POSTGRES_PORT:-\(main)}:5432']}
              admin: {image: x, ports: ['\(own):80']}
              mail: {image: x, ports: ['\(wished):80']}
              docs: {image: x, ports: ['\(wished + 1):80']}
              chat: {image: x, ports: ['\(left):80']}
            """, to: "compose.yaml")
        let (outcome, first) = (try project.run("--", "true"), project.first)
        #expect(
            outcome.errors == """
                portrun: `admin` moved from \(own) to \(first): \(own) is booked by this checkout's `db`
                portrun: `mail` moved from \(wished) to \(first + 1): \(wished) is booked by first db
                portrun: `docs` moved from \(wished + 1) to \(first + 2): `python3` of this checkout (pid \(server.pid)) \
                listens on \(wished + 1)
                portrun: `chat` moved from \(left) to \(first + 3): \(left) is left to the main checkout

                """, "\(outcome)")
        try server.close()
    }

    /// Nor is one of a compose file that the main worktree does not have.
    @Test func soIsWhoHasThatOfANewFile() throws {
        try project.take(wished)
        try project.scratch.write("services: {mail: {image: x, ports: ['\(wished):80']}}\n", to: "new/compose.yaml")
        let outcome = try project.scratch.shell("cd new && '\(Program.portrun)' -- true")
        #expect(outcome.errors.contains("\(wished) is booked by first db\n"), "\(outcome)")
    }

    /// Of whatever mode, and for compose as for others.
    @Test(
        arguments: [
            [".env.test": "DATABASE_URL=postgres://localhost:@/test"], [".env.test": "POSTGRES_PORT=@"],
            [".env": "TEST_DATABASE_URL=postgres://localhost:@/test"],
        ], [["/bin/sh", "-c", "echo $DB_PORT"], ["./docker", "compose", "up"]])
    func nothingMovesOntoTheTestsDatabase(_ files: [String: String], _ command: [String]) throws {
        try project.scratch.writeProgram("#!/bin/sh\n[ \"$2\" = version ] && echo 2.30.0\nexit 0\n", to: "docker")
        for (name, text) in files {
            try project.scratch.write(text.replacing("@", with: "\(project.postgres)") + "\n", to: name)
        }
        try #require(try project.run(["-q", "--"] + command).ending == .exited(0))
        #expect(try project.run("get", "db", "-q") == .printed("\(project.postgres + 1)\n"))
    }

    @Test func whatTheEnvFileSaysThereTooIsTheMainWorktrees() throws {
        let words = ["-q", "--", "/bin/sh", "-c", "echo $PORT"]
        for folder in ["", "../main/"] { try project.scratch.write("PORT=\(wished)\n", to: folder + ".env") }
        let own = try project.run(words)
        #expect(own.ending == .exited(0) && own.output != "\(wished)\n", "\(own)")
        let main = try project.scratch.shell("cd ../main && '\(Program.portrun)' -q -- /bin/sh -c 'echo $PORT'")
        #expect(main == .printed("\(wished)\n"))
        #expect(try project.run(words) == own)
        // What is said here alone is had.
        try project.scratch.write("PORT=\(wished + 1)\n", to: ".env")
        #expect(try project.run(words) == .printed("\(wished + 1)\n"))
    }
}
