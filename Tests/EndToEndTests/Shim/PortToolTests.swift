#if os(Linux)
    import PortrunBase
    import Testing

    /// Scripts that end whatever has a number, in a linked worktree beside a main one that has it.
    @Suite(.timeLimit(.minutes(30)))
    struct PortToolTests {
        private let project: Project
        private var number: Int { project.outside }

        init() throws {
            project = try Project()
            try project.scratch.write(Self.server, to: "server.py")
            try project.scratch.write(
                #"{"scripts": {"predev": "fuser -k \#(number)/tcp || true", "dev": "python3 server.py \#(number)"}}"#,
                to: "package.json")
            try project.addWorktree()
        }

        /// Says where it listens, and ends with its input: `server.py PORT`.
        private static let server = """
            import os, socket, sys, threading
            threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", int(sys.argv[1])))
            listener.listen()
            print("at", listener.getsockname()[1], flush=True)
            threading.Event().wait()
            """

        /// Starts a server in the main worktree.
        private func serve(_ words: [String] = []) throws -> RunningProgram {
            let server = try project.scratch.start(words + ["/usr/bin/python3", "server.py", "\(number)"])
            try server.wait(for: "at \(number)\n")
            return server
        }

        private func run(_ script: String, in folder: String = "../feature") throws -> Outcome {
            try project.run("run", "-C", folder, "--", "sh", "-c", script)
        }

        /// It has not ended before its input does.
        private func endRunning(_ server: RunningProgram) throws {
            server.closeInput()
            #expect(try server.finish().ending == .exited(0))
        }

        private static let killers = [
            "fuser -k -s $N/tcp", "fuser -k -n tcp $N", "lsof -ti:$N | xargs -r kill -9",
            "kill -9 $(lsof -t -i tcp:$N)",
            "lsof -nPi tcp:$N | grep LISTEN | awk '{print $2}' | xargs -r kill -9",
            "lsof -nP -iTCP -sTCP:LISTEN | grep :$N | awk '{print $2}' | xargs -r kill -9",
            "ss -ltnp | grep :$N | sed 's/.*pid=\\([0-9]*\\).*/\\1/' | xargs -r kill -9",
            "ss -Hltnp 'sport = :'$N | sed 's/.*pid=\\([0-9]*\\).*/\\1/' | xargs -r kill -9",
        ]

        @Test(arguments: killers)
        func whatTheMainOneRunsGoesOn(_ script: String) throws {
            for words in [[], [Program.portrun, "-q", "--"]] {
                let server = try serve(words)
                _ = try run("N=\(number); " + script)
                try endRunning(server)
            }
        }

        @Test(arguments: killers)
        func theWorktreesOwnEnds(_ script: String) throws {
            let main = try serve()
            let own = try project.scratch.start(
                [Program.portrun, "run", "-q", "-C", "../feature", "--", "python3", "server.py", "\(number)"])
            #expect(try own.number(after: "at ") != number)
            _ = try run("N=\(number); " + script)
            #expect(try own.finish().ending == .signalled(SIGKILL))
            try endRunning(main)
        }

        @Test func aScriptBeforeAServerEndsNobodyElses() throws {
            let main = try serve()
            let feature = try project.scratch.start(
                [Program.portrun, "run", "-C", "../feature", "--", "npm", "-s", "run", "dev"])
            let port = try feature.number(after: "at ")
            #expect(port != number)
            try feature.errors.wait(
                for: "portrun: `fuser` asks for this checkout's own \(port) for \(number); "
                    + "`/usr/bin/fuser` asks for the machine's\n")
            feature.closeInput()
            _ = try feature.finish()
            try endRunning(main)
        }

        /// Nothing leads it elsewhere.
        @Test func whatAsksByItselfIsToldOfBefore() throws {
            try project.scratch.write(
                "test:\n\ttrue\nstop:\n\t/usr/bin/fuser -s -k \(number)/tcp\n", to: "../feature/Makefile")
            let main = try serve()
            let outcome = try project.run("run", "-C", "../feature", "--", "make", "-n", "stop")
            #expect(
                outcome.errors.contains(
                    "warning: Makefile:4: `/usr/bin/fuser` ends whatever listens on \(number), which is the main checkout's; "
                        + "this one's own is "), "\(outcome)")
            let other = try project.run("run", "-C", "../feature", "--", "make", "test")
            #expect(!other.errors.contains("ends whatever"), "\(other)")
            let places = try project.run("discover", "-C", "../feature")
            #expect(places.output.contains("\tby tool\tpackage.json:1\n"), "\(places)")
            #expect(places.output.contains("\tnot at all\tMakefile:4\n"), "\(places)")
            try endRunning(main)
        }

        @Test func aNumberOfNobodysIsAsked() throws {
            let other = number + 1
            let stranger = try project.scratch.start(
                ["/bin/sh", "-c", "cd / && exec python3 \"$1\" \(other)", "sh", project.scratch.project + "/server.py"])
            try stranger.wait(for: "at \(other)\n")
            let outcome = try run("lsof -ti:\(other) | wc -l")
            #expect(outcome == .printed("1\n"), "\(outcome)")
            try endRunning(stranger)
        }

        /// In the main worktree a tool is what it is.
        @Test func theMainOneHasNoTools() throws {
            let server = try serve()
            let outcome = try run("command -v fuser; command -v lsof; lsof -ti:\(number)", in: ".")
            #expect(outcome == .printed("/usr/bin/fuser\n/usr/bin/lsof\n\(server.pid)\n"), "\(outcome)")
            #expect(try run("PORTRUN=0 lsof -ti:\(number)").output == "\(server.pid)\n")
            try endRunning(server)
        }
    }
#endif
