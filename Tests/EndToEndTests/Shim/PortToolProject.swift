#if os(Linux)
    import PortrunBase
    import Testing

    /// A repository with a server that has a number, and a linked worktree in `../feature`.
    struct PortToolProject {
        let project: Project
        /// That of the main worktree's server.
        let number: Int

        /// - Parameter number: nil for one of the project's own.
        init(number: Int? = nil) throws {
            project = try Project()
            self.number = number ?? project.outside
            try project.scratch.write(Self.server, to: "server.py")
            try project.scratch.write(
                #"{"scripts": {"predev": "fuser -k \#(self.number)/tcp || true", "dev": "python3 server.py \#(self.number)"}}"#,
                to: "package.json")
            try project.addWorktree()
        }

        /// Says where it listens and which process it is, and ends with its input: `server.py PORT [udp]`.
        private static let server = """
            import os, socket, sys, threading
            threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
            kind = socket.SOCK_DGRAM if "udp" in sys.argv else socket.SOCK_STREAM
            listener = socket.socket(socket.AF_INET, kind)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", int(sys.argv[1])))
            if "udp" not in sys.argv: listener.listen()
            print("at", listener.getsockname()[1])
            print("pid", os.getpid(), flush=True)
            threading.Event().wait()
            """

        /// Starts a server in the main worktree.
        func serve(_ words: [String] = [], overUDP: Bool = false) throws -> RunningProgram {
            let server = try project.scratch.start(
                words + ["/usr/bin/python3", "server.py", "\(number)"] + (overUDP ? ["udp"] : []))
            try server.wait(for: "at \(number)\n")
            return server
        }

        /// Starts this checkout's own server in the linked worktree, where it has another port.
        func serveInWorktree() throws -> (program: RunningProgram, port: Int, pid: Int) {
            let own = try project.scratch.start(
                [Program.portrun, "run", "-q", "-C", "../feature", "--", "python3", "server.py", "\(number)"])
            let port = Int(try own.number(after: "at "))
            #expect(port != number)
            return (own, port, Int(try own.number(after: "pid ")))
        }

        func run(_ script: String, in folder: String = "../feature") throws -> Outcome {
            try project.run("run", "-C", folder, "--", "sh", "-c", script)
        }

        /// It has not ended before its input does.
        func endRunning(_ server: RunningProgram) throws {
            server.closeInput()
            #expect(try server.finish().ending == .exited(0))
        }
    }
#endif
