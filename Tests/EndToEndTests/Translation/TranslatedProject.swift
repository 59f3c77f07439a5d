#if os(Linux)
    import PortrunBase
    import PortrunLaunch
    import Testing

    /// A project whose port is another one, in a network where somebody else has the declared one.
    struct TranslatedProject {
        let project: Project
        /// What the programs have in their source.
        let declared: Int
        let booked: Int
        /// Another one, which is in no entry.
        let unknown: Int
        var scratch: Scratch { project.scratch }

        /// - Parameter offset: to ports that no other test has connected to, which keeps a port for a minute.
        init(offset: Int = 0) throws {
            project = try Project()
            let first = project.outside + offset
            (declared, booked, unknown) = (first, first + 1, first + 2)
            try scratch.write(Self.server, to: "server.py")
            try scratch.write(Self.client, to: "client.py")
        }

        /// Says its name to each who connects, and is up when it has printed `ready`: `server.py PORT NAME [ADDRESS]`.
        private static let server = """
            import socket, sys
            port, name, address = int(sys.argv[1]), sys.argv[2], (sys.argv + ["127.0.0.1"])[3]
            listener = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if address == "::":
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            listener.bind((address, port))
            listener.listen()
            print("ready", flush=True)
            while True:
                peer = listener.accept()[0]
                peer.settimeout(5)
                try:
                    peer.sendall(name.encode() + b"\\n")
                    # To close with a request unread would take the answer back.
                    peer.shutdown(socket.SHUT_WR)
                    while peer.recv(999):
                        pass
                except OSError:
                    pass
                peer.close()
            """

        /// Prints what a server says: `client.py PORT [ADDRESS]`.
        private static let client = """
            import socket, sys
            try:
                with socket.create_connection(((sys.argv + ["127.0.0.1"])[2], int(sys.argv[1])), 10) as client:
                    print(client.makefile().read(), end="", flush=True)
            except OSError as error:
                print(error.strerror, flush=True)
            """

        /// The words before a command. `entry` is from the declared port to the booked one, unless another is given.
        func words(_ options: [String] = [], entry: String? = nil) -> [String] {
            [Program.translated] + options + [entry ?? "\(declared)=\(booked)", "--"]
        }

        /// `D`, `B` and `U` name the three ports in a script.
        var environment: [String] { scratch.environment + ["D=\(declared)", "B=\(booked)", "U=\(unknown)"] }

        func start(_ words: [String]) throws -> RunningProgram {
            try scratch.start(words, environment: environment)
        }

        /// Starts `script` by a shell, with a localhost of its own.
        func start(script: String, _ options: [String] = [], entry: String? = nil) throws -> RunningProgram {
            try start(words(options, entry: entry) + ["/bin/sh", "-c", script])
        }

        /// Runs `script` by a shell to its end, with a localhost of its own.
        func run(script: String, _ options: [String] = [], entry: String? = nil) throws -> Outcome {
            let program = try start(script: script, options, entry: entry)
            program.closeInput()
            return try program.finish()
        }

        /// Starts a server outside.
        func startServer(_ name: String, on port: Int, address: String = "127.0.0.1") throws -> RunningProgram {
            let program = try start(["/usr/bin/python3", "server.py", "\(port)", name, address])
            try program.wait(for: "ready\n")
            return program
        }

        /// What a client outside hears.
        func answer(on port: Int) throws -> String {
            let program = try start(["/usr/bin/python3", "client.py", "\(port)"])
            program.closeInput()
            return try program.finish().output
        }

        /// The supervisor of a command.
        func supervisor(of command: Int32) throws -> Int32 {
            try #require(ProcessTree.ancestors(of: command).first)
        }

        /// Returns when no process of this project's launches is left.
        func waitForEnd() throws {
            try Deadline.wait(for: "the end of all supervisors") {
                (FileSystem.names(in: "/proc") ?? []).allSatisfy { name in
                    guard Int32(name) != nil, let words = try? FileSystem.read("/proc/\(name)/cmdline") else {
                        return true
                    }
                    let text = String(decoding: words, as: UTF8.self)
                    return !text.hasPrefix(Program.translated) || !text.contains("\(declared)=")
                }
            }
        }
    }
#endif
