#if os(Linux)
    import PortrunBase
    import Testing

    /// Real servers that do not listen where they were told.
    @Suite(.timeLimit(.minutes(30)))
    struct ElsewhereTests {
        let project: Project
        /// The port of a server that ignores what it is told.
        let stray: Int

        init() throws {
            project = try Project()
            // Alone, a command that nobody knows has the port that it has without portrun.
            try project.becomeGuest()
            stray = project.outside
            try project.scratch.write(Self.python, to: "server.py")
            try project.scratch.write(Self.node, to: "server.js")
        }

        /// Listens on the ports it is given, says so, and ends with its input or after `SECONDS`.
        private static let python = """
            import os, socket, sys, threading
            def listener(port):
                listener = socket.socket()
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                listener.bind(("127.0.0.1", int(port)))
                listener.listen()
                return listener
            listeners = [listener(port) for port in sys.argv[1:]]
            print("listening", flush=True)
            if "SECONDS" in os.environ:
                threading.Timer(float(os.environ["SECONDS"]), lambda: os._exit(0)).start()
            sys.stdin.read()
            os._exit(0)
            """
        private static let node = """
            require('net').createServer().listen(process.argv[2], '127.0.0.1', () => console.log('listening'));
            process.stdin.on('end', () => process.exit(0)).resume();
            """

        /// Without a translation, which would lead every number to a port of the checkout's own.
        private func start(_ words: [String], variables: [String] = []) throws -> RunningProgram {
            // Who wants to be ended for that gets none.
            let options =
                words.contains("--strict")
                ? words[...] : ["run", "--translate", "off"] + (words.first == "run" ? words.dropFirst() : words[...])
            return try project.scratch.start(
                [Program.portrun] + options, environment: variables + project.scratch.environment)
        }

        private func text(_ name: String, on port: Int, booked: Int, _ separator: String) -> String {
            "\(name) listens on \(port), booked \(booked)\(separator)"
                + "let it read `PORT`, or put `{port}` where it is told its port\n"
        }

        static let servers: [(command: String, name: String)] = [
            ("python3 server.py $0", "python3"), ("node server.js $0", "node"),
            ("python3 server.py $0; true", "python3"),
            ("PORT=$0 python3 server.py $0 | cat", "python3"),
        ]

        @Test(arguments: servers)
        func aServerOnAnotherPortIsToldOfOnce(_ command: String, _ name: String) throws {
            let program = try start(["--", "/bin/sh", "-c", command, "\(stray)"])
            let notice = "portrun: warning: " + text(name, on: stray, booked: project.web, ": ")
            try program.errors.wait(for: notice)
            program.closeInput()
            #expect(try program.finish() == Outcome(ending: .exited(0), output: "listening\n", errors: notice))
        }

        /// A package whose program has a framework's name, and listens where its script says, whatever comes then.
        private func writeFramework() throws {
            try project.scratch.write(
                "{\"scripts\": {\"dev\": \"vite --port \(stray)\"}}", to: "package.json")
            try project.scratch.writeProgram("#!/bin/sh\nexec python3 server.py $2\n", to: "node_modules/.bin/vite")
        }

        @Test(.enabled(if: Program.find("npm") != nil, "npm is not installed"))
        func aFrameworkIsToldOfByItsName() throws {
            try writeFramework()
            let program = try start(
                ["run", "--port", "\(project.web)", "--", "npm", "run", "--silent", "dev"])
            let notice = "portrun: warning: " + text("vite", on: stray, booked: project.web, ": ")
            try program.errors.wait(for: notice)
            program.closeInput()
            #expect(try program.finish() == Outcome(ending: .exited(0), output: "listening\n", errors: notice))
        }

        @Test func aServerOnTwoOtherPortsIsToldOf() throws {
            let program = try start(["--", "python3", "server.py", "\(stray)", "\(stray + 1)"])
            try program.errors.wait(
                for: "portrun: warning: python3 listens on \(stray) and \(stray + 1), booked \(project.web): ")
            program.closeInput()
            #expect(try program.finish().ending == .exited(0))
        }

        @Test func aFrameworkThatNeverListensIsToldOf() throws {
            try writeFramework()
            try project.scratch.writeProgram("#!/bin/sh\nexec cat\n", to: "node_modules/.bin/vite")
            let program = try start(["run", "--port", "\(project.web)", "--", "node_modules/.bin/vite"])
            try program.errors.wait(
                for: "portrun: warning: vite listens on nothing yet, booked \(project.web): let it read")
            program.closeInput()
            #expect(try program.finish().ending == .exited(0))
        }

        @Test(arguments: [[], ["-q"]])
        func strictEndsTheCommand(_ options: [String]) throws {
            let program = try start(
                ["run", "--strict"] + options
                    + [
                        "--", "/bin/sh", "-c",
                        "trap 'echo ended; exit 7' TERM; exec 3<&0; python3 server.py $0 <&3 & wait",
                        "\(stray)",
                    ])
            let outcome = try program.finish()
            #expect(
                outcome
                    == Outcome(
                        ending: .exited(125), output: "listening\nended\n",
                        errors: "portrun: error: "
                            + text("python3", on: stray, booked: project.web, "\nportrun: hint: ")))
            // What was behind the shell has ended too, and the lease.
            let port = PortrunBase.Port(stray)
            #expect(try port.map { try PortProbe.isBusy($0, .tcp) } == false)
            #expect(try project.run("release", "web").ending == .exited(0))
        }

        /// Commands that live through every look at them; `@` is another port than the booked one.
        static let silent: [[String]] = [
            // The booked one among others
            ["run", "--strict", "--", "python3", "server.py", "@", "{port}"],
            // Nobody wants to hear
            ["run", "-q", "--", "python3", "server.py", "@"],
            // Nobody is there to see
            ["run", "--exec", "--", "python3", "server.py", "@"],
            // A portrun inside has booked it
            [
                "run", "--strict", "--", Program.portrun, "run", "api", "--exec", "--port", "@", "--", "python3",
                "server.py", "@",
            ],
            // None
            ["run", "--strict", "--", "python3", "server.py"],
        ]

        @Test(arguments: silent)
        func nothingIsSaidOf(_ words: [String]) throws {
            let words = words.map {
                $0 == "@" ? "\(stray)" : $0
            }
            let program = try start(words, variables: ["SECONDS=9"])
            #expect(try program.finish() == Outcome(ending: .exited(0), output: "listening\n", errors: ""))
        }

        @Test func strictNeedsSomebodyWhoWatches() throws {
            #expect(
                try project.run("run", "--strict", "--exec", "--", "true")
                    == .failed(
                        64,
                        """
                        portrun: error: `--strict` needs portrun beside the command, and `--exec` replaces it
                        portrun: hint: leave one of the two out

                        """))
        }
    }
#endif
