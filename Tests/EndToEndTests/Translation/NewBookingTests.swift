#if os(Linux)
    import Testing

    /// A service that nobody has known before a command of its checkout starts it: its compose file's name is put together
    /// by a script.
    @Suite(.timeLimit(.minutes(30)))
    struct NewBookingTests {
        private let project: Project
        /// The main worktree's database, whose number moves here at once, and the one for tests.
        private var declared: Int { project.outside }
        private var tests: Int { project.outside + 1 }

        init() throws {
            project = try Project()
            try project.scratch.writeProgram(
                """
                #!/bin/sh
                case "$*" in version | *"compose version") echo "Docker Compose version v2.30.0"; exit;; esac
                """, to: "../bin/docker")
            try project.scratch.write(compose("testdb", tests), to: "../main/compose.test.yaml")
            try project.scratch.write(Project.client, to: "../main/client.py")
            try project.scratch.write(Self.server, to: "../main/server.py")
        }

        private func compose(_ service: String, _ port: Int) -> String {
            "services: {\(service): {image: postgres, ports: ['\(port):5432']}}\n"
        }

        /// Says its name to each who connects: `server.py PORT NAME [with-input]`; by the last word it ends with its input.
        private static let server = """
            import os, socket, sys, threading
            if sys.argv[3:] == ["with-input"]:
                threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
            listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
            print("ready", flush=True)
            while True:
                peer = listener.accept()[0]
                peer.sendall(sys.argv[2].encode() + b"\\n")
                peer.close()
            """

        private let up = "docker compose -f compose.${KIND:-test}.yaml up -d"

        /// A linked worktree in which the first database has moved.
        private func checkOut() throws {
            try project.scratch.write(compose("db", declared), to: "../main/compose.yaml")
            try project.becomeGuest()
        }

        /// What listens for the main worktree, without portrun.
        private func startMain() throws -> RunningProgram {
            let program = try project.scratch.start(["/usr/bin/python3", "server.py", "\(tests)", "main", "with-input"])
            try program.wait(for: "ready\n")
            return program
        }

        private func run(_ script: String, _ options: String...) throws -> Outcome {
            try project.scratch.run(
                [Program.portrun, "run"] + options + ["--", "/bin/sh", "-c", script],
                environment: project.scratch.shellEnvironment.map {
                    $0.hasPrefix("PATH=") ? "PATH=\(project.scratch.path)/bin:/usr/bin:/bin" : $0
                })
        }

        @Test func itsNumberLeadsThereAtOnce() throws {
            try checkOut()
            let main = try startMain()
            defer { main.closeInput() }
            let outcome = try run("\(up) && python3 client.py \(tests)", "-q")
            #expect(outcome == .printed("Connection refused\n"))
            #expect(try project.run("list", "-q", "--service", "testdb") != .printed("\(tests)\n"))
        }

        @Test func whatListensOnItIsThisCheckouts() throws {
            try checkOut()
            let main = try startMain()
            defer { main.closeInput() }
            let script = """
                \(up)
                python3 server.py \(tests) own >/dev/null & server=$!
                trap 'kill $server' EXIT
                until [ "$(python3 client.py \(tests))" = own ]; do sleep 0.05; done
                """
            #expect(try run(script, "-q") == .printed(""))
            #expect(try project.scratch.run(["/usr/bin/python3", "client.py", "\(tests)"]) == .printed("main\n"))
        }

        @Test func whatAnotherCheckoutBooksLeadsNowhere() throws {
            try checkOut()
            let main = try startMain()
            defer { main.closeInput() }
            let script = "$LAUNCHER run -q --context other -- \(up); python3 client.py \(tests)"
            #expect(try run(script, "-q") == .printed("main\n"))
            #expect(try project.run("list", "-q", "--context", "other").output != "\(tests)\n")
        }

        /// Whoever makes the call that portrun makes below says nothing by it.
        @Test func nothingBelowCanMakeARule() throws {
            try checkOut()
            let main = try startMain()
            defer { main.closeInput() }
            let call = """
                import ctypes, platform
                connect = 203 if platform.machine() == "aarch64" else 42
                print(ctypes.CDLL(None).syscall(connect, -1, None, 16, 0x70727432))
                """
            try project.scratch.write(call, to: "call.py")
            #expect(
                try run("python3 call.py; python3 call.py; python3 client.py \(tests)", "-q")
                    == .printed("0\n0\nmain\n"))
            #expect(try project.scratch.run(["/usr/bin/python3", "call.py"]) == .printed("-1\n"))
        }

        /// In a linked worktree somebody is there who can lead it.
        @Test func itLeadsThereWhereNothingHadMoved() throws {
            try project.becomeGuest()
            let main = try startMain()
            defer { main.closeInput() }
            #expect(try run("\(up) && python3 client.py \(tests)", "-q") == .printed("Connection refused\n"))
            #expect(try project.run("list", "-q", "--service", "testdb") != .printed("\(tests)\n"))
        }

        /// Without a localhost of its own there is nothing to lead it, and that is said.
        @Test func aLaunchThatNobodyWatchesIsToRunAgain() throws {
            try project.becomeGuest()
            let main = try startMain()
            defer { main.closeInput() }
            let outcome = try run("\(up) && python3 client.py \(tests)", "--exec")
            let own = try project.run("list", "-q", "--service", "testdb").output.dropLast()
            let moved = "portrun: `testdb` moved from \(tests) to \(own): \(tests) is the main checkout's\n"
            let warning =
                "portrun: warning: `testdb` was not known when the command around this one started, and \(tests) "
                + "does not lead to \(own) in that: run it again\n"
            #expect(outcome == Outcome(ending: .exited(0), output: "main\n", errors: moved + warning))
            #expect(try run("\(up) && python3 client.py \(tests)", "-q") == .printed("Connection refused\n"))
        }
    }
#endif
