import Testing

/// A compose file in a subfolder that only a makefile or a script names, and that nobody has launched under portrun: its
/// numbers are the project's all the same.
@Suite(.timeLimit(.minutes(30)))
struct ScriptedComposeTests {
    let project: Project
    /// The number that the file declares.
    private let declared: Int
    private var own: Int { project.postgres }

    init() throws {
        project = try Project()
        declared = project.outside
    }

    /// Makes the project's folder a linked worktree of a checkout that has `files`.
    private func checkOut(_ files: [(name: String, text: String)], _ compose: String? = nil) throws {
        for (name, text) in files { try project.scratch.write(text, to: "../main/" + name) }
        try project.scratch.write(compose ?? self.compose(), to: "../main/infra/compose.yaml")
        try project.scratch.write(Project.client, to: "../main/client.py")
        try project.scratch.write(".env\n", to: "../main/.gitignore")
        try project.becomeGuest()
    }

    private func compose(_ extra: String = "") -> String {
        extra + "services: {db: {image: postgres, ports: ['\(declared):5432']}}\n"
    }

    private static let makefile = (name: "Makefile", text: "up:\n\tdocker compose -f infra/compose.yaml up -d\n")

    /// What listens for the main worktree, without portrun.
    private func startMain() throws -> RunningProgram {
        let program = try project.scratch.start([
            "/usr/bin/python3", "-c",
            """
            import socket
            listener = socket.create_server(("127.0.0.1", \(declared)))
            print("ready", flush=True)
            while True:
                peer = listener.accept()[0]
                peer.sendall(b"main\\n")
                peer.close()
            """,
        ])
        try program.wait(for: "ready\n")
        return program
    }

    private var notice: String {
        "portrun: `db` is \(own) here: \(declared) is the main checkout's; "
            + "start this checkout's own, or use that one with `--use-main db`\n"
    }

    @Test(arguments: [
        makefile, ("Makefile", "up:\n\tcd infra && docker compose up -d\n"),
        ("package.json", #"{"scripts": {"db": "docker compose -f infra/compose.yaml up"}}"#),
        ("scripts/dev.sh", "cd \"$(dirname \"$0\")/../infra\"\ndocker compose up\n"),
        ("bin/dev", "#!/bin/sh\nexec docker compose -f infra/compose.yaml up\n"),
    ])
    func itsNumberIsThisCheckouts(_ script: (name: String, text: String)) throws {
        try checkOut([script])
        try project.scratch.write("DATABASE_URL=postgres://localhost:\(declared)/x\n", to: ".env")
        let words = ["run", "--translate", "off", "--", "/bin/sh", "-c", "echo $DATABASE_URL $DB_PORT"]
        let told = "postgres://localhost:\(own)/x \(own)\n"
        #expect(try project.run(words) == Outcome(ending: .exited(0), output: told, errors: notice), "\(script)")
        #expect(try project.run(words) == .printed(told), "\(script)")
        // It is the one that compose has here later.
        #expect(try project.run("book", "--auto", "-C", "infra") == .printed("db \(own)\n"))
    }

    @Test func theMainCheckoutIsAsItWas() throws {
        try checkOut([Self.makefile])
        let outcome = try project.scratch.shell(
            "cd ../main && '\(Program.portrun)' -- /bin/sh -c 'echo ${DB_PORT-none}' && '\(Program.portrun)' list")
        #expect(outcome.output.hasPrefix("none\n") && !outcome.output.contains("db"), "\(outcome)")
        #expect(outcome.errors.isEmpty)
    }

    @Test func whoAsksForItByNameHasThatOne() throws {
        try checkOut([Self.makefile])
        #expect(try project.run("get", "db", "-q") == .printed("\(own)\n"))
        #expect(try project.run("-q", "--", "/bin/sh", "-c", "echo $DB_PORT") == .printed("\(own)\n"))
        #expect(try project.run("book", "--auto", "-C", "infra") == .printed("db \(own)\n"))
        #expect(try project.run("list", "-q", "--service", "db") == .printed("\(own)\n"))
        let main = try project.scratch.shell("cd ../main && '\(Program.portrun)' get db -q")
        #expect(main == .printed("\(declared)\n"))
    }

    @Test func discoverAndAdoptKnowIt() throws {
        try checkOut([Self.makefile, ("store.ts", "connect('localhost:\(declared)')\n")])
        try project.scratch.write("STORE_PORT=\(declared)\n", to: ".env")
        let rows = "db\t\(declared)\t5432\ttcp\t-\t-\t-\tpostgres\tinfra/compose.yaml:1\n\n"
        let outcome = try project.run("discover")
        #expect(outcome.output.hasPrefix(rows), "\(outcome)")
        #expect(outcome.output.contains("localhost:\(declared)\tdb"), "\(outcome)")
        let adopted = try project.run("adopt")
        #expect(adopted.output == "db\t\(own)\tinfra/compose.yaml:1, .env:1\tbooked\n", "\(adopted)")
        #expect(try project.run("book", "--auto", "-C", "infra") == .printed("db \(own)\n"))
        #expect(try project.run("list", "-q") == .printed("\(own)\n"))
    }

    @Test func whatTheUserOrTheFileSharesIsTheMainCheckouts() throws {
        try checkOut([
            Self.makefile, ("compose.yaml", "services: {cache: {image: x, ports: ['\(project.outside + 1):80']}}\n"),
        ])
        let words = ["--", "/bin/sh", "-c", "echo $DB_PORT"]
        #expect(try project.run(["run", "-q"] + words) == .printed("\(own)\n"))
        #expect(try project.run(["run", "--use-main", "db"] + words) == .printed("\(declared)\n"))
        let unknown = try project.run(["run", "--use-main", "mail"] + words)
        #expect(
            unknown
                == Outcome(
                    ending: .exited(0), output: "\(own)\n",
                    errors: "portrun: warning: there is no service `mail` that the main worktree could share\n"))
        try project.scratch.write(compose("x-portrun: {share: [db]}\n"), to: "infra/compose.yaml")
        #expect(try project.run(words) == .printed("\(declared)\n"))
    }

    /// What the project has anyway is listed once.
    @Test func aFileThatIsMergedAddsItsOwnPortsOnly() throws {
        let (cache, tools) = (project.outside + 1, project.outside + 2)
        try checkOut([
            ("Makefile", "up:\n\tdocker compose -f compose.yaml -f compose.dev.yaml up\n"),
            ("compose.yaml", "services: {cache: {image: x, ports: ['\(cache):80']}}\n"),
            ("compose.dev.yaml", "services: {tools: {image: x, ports: ['\(tools):80']}}\n"),
        ])
        let rows = try project.run("discover").output.split(separator: "\n").map { $0.prefix { $0 != "\t" } }
        #expect(rows == ["cache", "tools"])
        let told = try project.run("-q", "--", "/bin/sh", "-c", "echo $CACHE_PORT $TOOLS_PORT")
        #expect(told == .printed("\(project.first) \(project.first + 1)\n"))
    }

    /// The main worktree's env file says which number it has there.
    @Test func theNumberIsTheOneOfTheMainCheckout() throws {
        try checkOut(
            [Self.makefile],
            "services: {db: {image: postgres, ports: ['${DB_PORT:-\(declared)}:5432']}}\n")
        try project.scratch.write("DB_PORT=\(declared + 1)\n", to: "../main/infra/.env")
        let outcome = try project.run("run", "--", "/bin/sh", "-c", "echo $DB_PORT")
        #expect(outcome.output == "\(own)\n")
        #expect(outcome.errors.hasPrefix("portrun: `db` is \(own) here: \(declared + 1) is"), "\(outcome)")
    }

    /// The command is another thing than the container of its name.
    @Test func aCommandIsNoContainerOfItsName() throws {
        try checkOut(
            [Self.makefile], "services: {web: {image: x, ports: ['\(declared):80']}}\n")
        let outcome = try project.run("-q", "--", "/bin/sh", "-c", "echo $PORT $WEB_80_PORT")
        #expect(outcome == .printed("\(project.web) \(project.web + 1)\n"))
        let book = try project.run("book", "--auto", "-C", "infra")
        #expect(book.output == "web-80 \(project.web + 1)\n", "\(book)")
    }

    /// One line for all of them.
    @Test func whatCannotBeReadOfThemIsSaid() throws {
        let ports = (20000..<21001).map { "'\($0):80'" }.joined(separator: ", ")
        try checkOut([("Makefile", "up:\n\tcd infra && docker compose up\n\tdocker compose -f more/compose.yaml up\n")])
        for folder in ["infra", "more"] {
            try project.scratch.write("services:\n  db: {image: x, ports: [\(ports)]}\n", to: "\(folder)/compose.yaml")
        }
        let warning = ":2: more than 1000 ports; likewise 1 more of those that scripts name\n"
        for words in [["run", "--", "/bin/sh", "-c", ":"], ["discover"], ["export"]] {
            let errors = try project.run(words).errors
            #expect(errors.contains(warning), "\(words): \(errors)")
            #expect(errors.split(separator: "\n").count { $0.contains("ports") } == 1, "\(words): \(errors)")
        }
    }

    @Test func thatThereAreTooManyOfThemIsSaid() throws {
        let files = (1...17).map { (name: "c\($0)/compose.yaml", text: "services: {s\($0): {image: x}}\n") }
        let makefile = files.map { "x:\n\tdocker compose -f \($0.name) up\n" }.joined()
        try checkOut(files + [("Makefile", makefile)])
        let warning = "portrun: warning: scripts name more than 16 compose projects: the rest is left out\n"
        #expect(try project.run("run", "--", "/bin/sh", "-c", ":").errors == warning)
        try project.scratch.write(makefile.replacing("c17/", with: "c16/"), to: "Makefile")
        #expect(try project.run("run", "--", "/bin/sh", "-c", ":").errors.isEmpty)
    }

    #if os(Linux)
        @Test func theSourcesNumberReachesThisCheckoutsOrNobody() throws {
            try checkOut([Self.makefile])
            let server = try startMain()
            defer { server.closeInput() }
            let outcome = try project.run("--", "python3", "client.py", "\(declared)")
            #expect(outcome.output == "Connection refused\n", "\(outcome)")
            let hint = "where nobody listens; the main worktree's is on \(declared): `--use-main db`\n"
            #expect(outcome.errors.hasPrefix(notice) && outcome.errors.hasSuffix(hint), "\(outcome)")
            #expect(
                try project.run("run", "--use-main", "db", "--", "python3", "client.py", "\(declared)")
                    == .printed("main\n"))
            let main = try project.scratch.shell(
                "cd ../main && '\(Program.portrun)' -- python3 client.py \(declared)")
            #expect(main == .printed("main\n"))
        }
    #endif
}
