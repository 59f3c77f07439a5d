import Testing

/// A linked worktree in which only the main one has started what has a number: that is this checkout's all the same.
@Suite(.timeLimit(.minutes(30)))
struct MainBookingTests {
    let project: Project
    /// The number that the main worktree has.
    private let main: Int

    init() throws {
        project = try Project()
        main = project.outside
        try project.scratch.write(Self.compose(main), to: "../main/infra/compose.yaml")
        try project.scratch.write(Project.client, to: "../main/client.py")
        try project.scratch.write(Self.server, to: "../main/server.py")
        try project.scratch.write(".env\n", to: "../main/.gitignore")
        try project.becomeGuest()
        try book()
    }

    private static func compose(_ port: Int, _ extra: String = "") -> String {
        extra + "services: {db: {image: postgres, ports: ['\(port):5432']}}\n"
    }

    private static let server = """
        import socket, sys
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", int(sys.argv[1])))
        listener.listen()
        print("ready", flush=True)
        while True:
            peer = listener.accept()[0]
            peer.sendall(b"main\\n")
            peer.close()
        """

    /// As a launch of compose in the folder of the main worktree's compose file does.
    private func book(in folder: String = "../main/infra") throws {
        let outcome = try project.scratch.shell("cd \(folder) && '\(Program.portrun)' book --auto -q")
        try #require(outcome.ending == .exited(0), "\(outcome)")
    }

    /// What listens for the main worktree.
    private func startMain() throws -> RunningProgram {
        let program = try project.scratch.start(["/usr/bin/python3", "../main/server.py", "\(main)"])
        try program.wait(for: "ready\n")
        return program
    }

    private var notice: String {
        "portrun: `db` is \(project.postgres) here: \(main) is the main checkout's; "
            + "start this checkout's own, or use that one with `--use-main db`\n"
    }

    @Test func valuesLeadToThisCheckoutsOwn() throws {
        try project.scratch.write("DATABASE_URL=postgres://localhost:\(main)/x\n", to: ".env")
        let words = ["run", "--translate", "off", "--", "/bin/sh", "-c", "echo $DATABASE_URL $DB_PORT"]
        let own = project.postgres
        #expect(
            try project.run(words)
                == Outcome(ending: .exited(0), output: "postgres://localhost:\(own)/x \(own)\n", errors: notice))
        #expect(try project.run(words) == .printed("postgres://localhost:\(own)/x \(own)\n"))
        // It is the one that compose starts here later.
        try book(in: "infra")
        #expect(try project.run("get", "db", "-q", "-C", "infra") == .printed("\(own)\n"))
        #expect(try project.run(words) == .printed("postgres://localhost:\(own)/x \(own)\n"))
    }

    @Test func theMainCheckoutIsToldNothing() throws {
        let outcome = try project.scratch.shell(
            "cd ../main && '\(Program.portrun)' -- /bin/sh -c 'echo ${DB_PORT-none}'")
        #expect(outcome == .printed("none\n"))
    }

    @Test func whatTheUserOrTheFilesShareStaysTheMainCheckouts() throws {
        let words = ["--", "/bin/sh", "-c", "echo $DB_PORT"]
        #expect(try project.run(["run", "--use-main", "db"] + words) == .printed("\(main)\n"))
        try project.scratch.write(Self.compose(main, "x-portrun: {share: [db]}\n"), to: "../main/infra/compose.yaml")
        try book()
        #expect(try project.run(words) == .printed("\(main)\n"))
        // What the compose file here says of its own services comes first.
        #expect(try project.run(["run", "-q", "-C", "infra"] + words) == .printed("\(project.postgres)\n"))
        try project.scratch.write(Self.compose(main), to: "../main/infra/compose.yaml")
        try book()
        #expect(try project.run(["-q"] + words) == .printed("\(project.postgres)\n"))
        #expect(try project.run(["run", "--use-main", "db"] + words) == .printed("\(main)\n"))
    }

    @Test func whatAShellIsToldLeadsThereToo() throws {
        try project.scratch.write("DATABASE_URL=postgres://localhost:\(main)/x\n", to: ".env")
        let outcome = try project.run("export")
        #expect(outcome.output.contains("postgres://localhost:\(project.postgres)/x"), "\(outcome)")
    }

    #if os(Linux)
        /// A program that nobody knows has the name of the checkout's server, which comes after it.
        @Test func aServerIsReachedByItsNumberThoughAnotherProgramCameFirst() throws {
            let number = project.outside + 1
            try project.scratch.writeProgram("#!/bin/sh\necho up\nread line\n", to: "tool")
            try project.scratch.write(
                """
                import os, socket
                listener = socket.create_server(("127.0.0.1", int(os.environ.get("PORT", "\(number)"))))
                print("at", listener.getsockname()[1], flush=True)
                while True:
                    peer = listener.accept()[0]
                    peer.sendall(b"own\\n")
                    peer.close()

                """, to: "own.py")
            let tool = try project.scratch.start([Program.portrun, "-q", "--", "./tool"])
            try tool.wait(for: "up\n")
            let server = try project.scratch.start([Program.portrun, "-q", "--", "python3", "own.py"])
            let port = try server.number(after: "at ")
            #expect(port != number)
            #expect(try project.run("-q", "--", "python3", "client.py", "\(number)") == .printed("own\n"))
            server.signal(15)
            tool.closeInput()
            _ = try tool.finish()
        }

        @Test func aNumberInTheSourceReachesThisCheckoutsOrNobody() throws {
            let server = try startMain()
            defer { server.closeInput() }
            let words = ["--", "python3", "client.py", "\(main)"]
            let outcome = try project.run(words)
            let hint = "where nobody listens; the main worktree's is on \(main): `--use-main db`\n"
            #expect(outcome.output == "Connection refused\n", "\(outcome)")
            #expect(outcome.errors.hasPrefix(notice) && outcome.errors.hasSuffix(hint), "\(outcome)")
            #expect(try project.run(["run", "--use-main", "db"] + words) == .printed("main\n"))
            #expect(try project.run("-q", "--", Program.portrun, "--", "true") == .printed(""))
            // Without a translation it is said, each time.
            for _ in 1...2 {
                let reached = try project.run(["run", "--translate", "off"] + words)
                #expect(reached == Outcome(ending: .exited(0), output: "main\n", errors: untranslated("its source")))
            }
            let unchanged = try project.run(["run", "--translate", "off", "--no-rewrite"] + words)
            #expect(unchanged.errors == untranslated("its source or a value (`--no-rewrite`)"))
        }

        private func untranslated(_ place: String, remedy: String = "leave `--translate off` out") -> String {
            """
            portrun: warning: who has \(main) in \(place) reaches `db` of main/main, and a server with that number finds \
            it taken, for localhost is not translated: \(remedy), or use that one with `--use-main db`; \
            `portrun discover` lists the places

            """
        }

        /// A number in the source is the main checkout's then, also while this checkout's own runs, and so is a value that
        /// stays.
        @Test func itIsToldOfWhileBothRun() throws {
            let server = try startMain()
            defer { server.closeInput() }
            _ = try project.run("-q", "--", "true")
            let own = try Server(on: "127.0.0.1", port: project.postgres, in: project.scratch)
            let words = ["--", "/bin/sh", "-c", "echo $URL"]
            let url = "URL=localhost:\(main)"
            let followed = try project.run(["run", "--translate", "off"] + words, [url])
            #expect(followed.output == "localhost:\(project.postgres)\n")
            #expect(followed.errors == untranslated("its source"))
            let outcome = try project.run(["run", "--translate", "off", "--no-rewrite"] + words, [url])
            #expect(outcome.output == "localhost:\(main)\n")
            #expect(outcome.errors == untranslated("its source or a value (`--no-rewrite`)"))
            #expect(try project.run(["run", "--no-rewrite"] + words, [url]) == .printed("localhost:\(main)\n"))
            try own.close()
        }

        /// The machine's setting is overruled by a word.
        @Test func theMachinesSettingIsNamed() throws {
            let server = try startMain()
            defer { server.closeInput() }
            _ = try project.run("-q", "--", "true")
            _ = try project.run("config", "--translate", "off")
            let outcome = try project.run("--", "true")
            let remedy = "say `portrun run --translate on` (`portrun config --translate off`)"
            #expect(outcome.errors == untranslated("its source", remedy: remedy))
        }

        /// Inside another one, or a sandbox, there can be none.
        @Test func whereThereCanBeNoneItIsToldToo() throws {
            let server = try startMain()
            defer { server.closeInput() }
            _ = try project.run("-q", "--", "true")
            func told(_ options: [String]) throws -> String {
                try project.scratch.run(
                    [Program.translated, "7=9", "--", Program.portrun, "run"] + options + ["--", "true"],
                    environment: project.scratch.environment
                ).errors
            }
            let (own, both) = ("name \(project.postgres) there", "its source or a value (`--no-rewrite`)")
            #expect(try told([]).contains(untranslated("its source", remedy: own)))
            #expect(try told(["--no-rewrite"]).contains(untranslated(both, remedy: "leave `--no-rewrite` out")))
        }

        /// Nobody has booked it for the main worktree, whose number it is all the same.
        @Test func whatTheMainWorktreeRunsWithoutPortrunIsToldOf() throws {
            try project.scratch.write(Self.compose(main + 1), to: "compose.yaml")
            _ = try project.run("-q", "--", "true")
            let server = try project.scratch.start([
                "/bin/sh", "-c", "cd ../main && exec /usr/bin/python3 server.py \(main + 1)",
            ])
            try server.wait(for: "ready\n")
            let outcome = try project.run("run", "--translate", "off", "--", "true")
            #expect(outcome.errors.contains("who has \(main + 1) in its source reaches `"), "\(outcome)")
            #expect(outcome.errors.contains("(pid \(server.pid)), which listens there, and a server"), "\(outcome)")
            #expect(try project.run("--", "true") == .printed(""))
            server.signal(15)
        }
    #endif
}
