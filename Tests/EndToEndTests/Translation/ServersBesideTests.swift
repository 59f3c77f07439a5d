#if os(Linux)
    import PortrunBase
    import Testing

    /// What the main worktree, or another one, runs without portrun: nobody has booked it, and a linked worktree does not
    /// come to it by the number that its own files have.
    @Suite(.timeLimit(.minutes(30)))
    struct ServersBesideTests {
        private let project: Project
        private var number: Int { project.outside }

        init() throws {
            project = try Project()
            try project.scratch.write(Self.server, to: "server.py")
            try project.scratch.write(Project.client, to: "client.py")
            try project.scratch.write(
                "DATA_PORT ?= \(number)\nreset:\n\t@python3 client.py $(DATA_PORT)\n", to: "Makefile")
            try project.scratch.write("web: ./tool $PORT\ndata: python3 server.py \(number)\n", to: "Procfile")
            try project.scratch.write("DATA_URL=redis://localhost:\(number)\n", to: ".env")
            try project.scratch.write(
                #"{"scripts": {"dev": "python3 server.py \#(number)", "test": "python3 client.py \#(number)"}}"#,
                to: "package.json")
            try project.addWorktree()
        }

        /// Says its folder to each who connects, and ends with its input: `server.py PORT [FOLDER]`.
        private static let server = """
            import os, socket, sys, threading
            threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
            if len(sys.argv) > 2:
                os.chdir(sys.argv[2])
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", int(sys.argv[1])))
            listener.listen()
            print("at", listener.getsockname()[1], flush=True)
            while True:
                peer = listener.accept()[0]
                peer.sendall(os.path.basename(os.getcwd()).encode() + b"\\n")
                peer.close()
            """

        /// Starts a server without portrun.
        private func serve(_ folder: String = ".", program: String = "/usr/bin/python3") throws -> RunningProgram {
            let server = try project.scratch.start([program, "server.py", "\(number)", folder])
            try server.wait(for: "at \(number)\n")
            return server
        }

        private func end(_ program: RunningProgram) throws {
            program.closeInput()
            _ = try program.finish()
        }

        private func run(_ words: String..., options: [String] = []) throws -> Outcome {
            try project.run(["run", "-C", "../feature"] + options + ["--"] + words)
        }

        @Test(arguments: [
            ["make", "reset"], ["npm", "-s", "test"], ["sh", "-c", "python3 client.py $NUMBER"],
        ])
        func noCommandComesToWhatTheMainOneRuns(_ words: [String]) throws {
            let server = try serve()
            let own = words.map { $0.replacing("$NUMBER", with: "\(number)") }
            for isFirst in [true, false] {
                let outcome = try project.run(["run", "-C", "../feature", "--"] + own)
                #expect(outcome.output == "Connection refused\n", "\(outcome)")
                #expect(outcome.errors.contains("here: \(number) is the main checkout's; ") == isFirst, "\(outcome)")
                #expect(
                    outcome.errors.contains(
                        "the main worktree's is on \(number) (`python3`, pid \(server.pid)): "
                            + "`--use-main port-\(number)`\n"), "\(outcome)")
            }
            try end(server)
        }

        /// Also where no compose file says which services there are.
        @Test func whatNobodyKnowsCannotBeShared() throws {
            let warning = "portrun: warning: there is no service `queue` that the main worktree could share\n"
            let server = try serve()
            let words = ["python3", "client.py", "\(number)"]
            let known = try project.run(["run", "-C", "../feature", "--use-main", "port-\(number)", "--"] + words)
            #expect(!known.errors.contains("there is no service") && known.output != "Connection refused\n", "\(known)")
            let unknown = try project.run(["run", "-C", "../feature", "--use-main", "queue", "--"] + words)
            #expect(unknown.output == "Connection refused\n" && unknown.errors.contains(warning), "\(unknown)")
            try end(server)
            // A main checkout has it all.
            #expect(try project.run("run", "--use-main", "queue", "--", "true") == .printed(""))
        }

        @Test func valuesFollow() throws {
            let server = try serve()
            let outcome = try run("sh", "-c", "echo $DATA_URL", options: ["--translate", "off"])
            #expect(outcome.output.hasPrefix("redis://localhost:") && !outcome.output.contains("\(number)"))
            #expect(
                outcome.errors.contains("reaches `python3` (pid \(server.pid)), which listens there, "), "\(outcome)")
            try end(server)
        }

        @Test func theWorktreesOwnServerIsReached() throws {
            let server = try serve()
            #expect(try run("python3", "client.py", "\(number)").output == "Connection refused\n")
            let own = try project.scratch.start(
                [Program.portrun, "run", "-C", "../feature", "--", "python3", "server.py", "\(number)"])
            #expect(try own.number(after: "at ") != number)
            #expect(try run("python3", "client.py", "\(number)").output == "feature\n")
            #expect(try project.run("-q", "--", "python3", "client.py", "\(number)").output == "project\n")
            try end(own)
            try end(server)
        }

        @Test func whoWantsTheMainOnesReachesIt() throws {
            let server = try serve()
            let option = ["--use-main", "port-\(number)"]
            #expect(try run("python3", "client.py", "\(number)", options: option) == .printed("project\n"))
            try end(server)
        }

        /// One that lies in the main worktree's folder, too.
        @Test func noCommandComesToWhatAnotherWorktreeRuns() throws {
            try #require(try project.scratch.shell("git worktree add -q -b third third") == .printed(""))
            let server = try serve("third")
            let outcome = try run("python3", "client.py", "\(number)")
            #expect(outcome.output == "Connection refused\n")
            #expect(outcome.errors.contains(" moved from \(number) to "), "\(outcome)")
            #expect(outcome.errors.contains("/third listens on \(number)\n"), "\(outcome)")
            #expect(!outcome.errors.contains("--use-main"), "\(outcome)")
            let own = try project.run("run", "-q", "-C", "third", "--", "python3", "client.py", "\(number)")
            #expect(own.output == "third\n")
            try end(server)
        }

        /// As a shell, or an agent, that works there all day.
        @Test func whatStartsLaterIsKnownToCommandsThatRunAlready() throws {
            let script =
                "python3 client.py \(number); echo ready; read line; python3 client.py \(number); "
                + "python3 client.py \(number)"
            let shell = try project.scratch.start([
                Program.portrun, "run", "-C", "../feature", "--", "/bin/sh", "-c", script,
            ])
            try shell.wait(for: "ready\n")
            let server = try serve()
            shell.closeInput()
            let outcome = try shell.finish()
            let refused = "Connection refused\n"
            #expect(outcome.output == refused + "ready\n" + refused + refused, "\(outcome)")
            #expect(
                outcome.errors.contains(
                    "(`port-\(number)`), where nobody listens; the main worktree's is on \(number) (`python3`, pid "
                        + "\(server.pid)): `--use-main port-\(number)`\n"), "\(outcome)")
            try end(server)
        }

        /// A repository inside of the main worktree's folder is another project.
        @Test func whatRunsInAnotherRepositoryIsReached() throws {
            try #require(try project.scratch.shell("git init -q inner && mkdir inner/src") == .printed(""))
            let server = try serve("inner/src")
            #expect(try run("python3", "client.py", "\(number)").output == "src\n")
            try end(server)
        }

        /// It serves whoever is on the machine, wherever it was started.
        @Test func toolsOfTheMachineAreReached() throws {
            let program = project.scratch.path + "/ollama"
            try #require(symlink("/usr/bin/python3", program) == 0)
            let server = try serve(program: program)
            #expect(try run("python3", "client.py", "\(number)") == .printed("project\n"))
            try end(server)
        }
    }
#endif
