import Testing

/// A command that may be a client of the server beside it: both have the port from one file.
@Suite(.timeLimit(.minutes(30)))
struct ClientBesideServerTests {
    let project: Project
    private var declared: Int { project.outside }

    init() throws {
        project = try Project()
        for folder in ["", "../main/"] {
            try project.scratch.write("PORT=\(declared)\n", to: folder + ".env")
            try project.scratch.write(Self.dotenv, to: folder + "dotenv.py")
            try project.scratch.write(Self.server, to: folder + "app.py")
            for (name, text) in Self.clients { try project.scratch.write(text, to: folder + name) }
        }
    }

    /// What dotenv libraries do: what is set stays.
    private static let dotenv = """
        import os
        for line in open(".env"):
            name, _, value = line.strip().partition("=")
            os.environ.setdefault(name, value)
        """

    private static let server = """
        import dotenv, os, socket, sys, threading
        # It ends with its input.
        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
        listener = socket.create_server(("127.0.0.1", int(os.environ["PORT"])))
        print("at", os.environ["PORT"], flush=True)
        while True:
            peer = listener.accept()[0]
            peer.sendall(b"app\\n")
            peer.close()
        """

    private static let ask = """
        with socket.create_connection(("127.0.0.1", port)) as client:
            print(port, client.makefile().read(), end="", flush=True)
        """

    /// One reads `PORT`, so that it is taken for a server where nothing says otherwise; of the other nothing is known.
    private static let clients = [
        (name: "smoke.py", text: "import dotenv, os, socket\nport = int(os.environ['PORT'])\n" + ask),
        (name: "check.py", text: "import dotenv, os, socket\nport = int(os.environ['PO' + 'RT'])\n" + ask),
    ]

    private func start() throws -> (server: RunningProgram, port: Int) {
        let server = try project.scratch.start([Program.portrun, "-q", "--", "python3", "app.py"])
        return (server, Int(try server.number(after: "at ")))
    }

    /// Ends a server, and waits until nothing of it is left.
    private func end(_ server: RunningProgram) {
        server.closeInput()
        // It has ended already where it was waited for.
        _ = try? server.finish()
    }

    @Test(arguments: clients.map(\.name))
    func itAsksTheServerInACheckoutThatIsAlone(_ client: String) throws {
        let (server, port) = try start()
        defer { end(server) }
        #expect(port == declared)
        #expect(try project.run("--", "python3", client) == .printed("\(declared) app\n"))
        #expect(try project.run("list", "-q") == .printed("\(declared)\n"))
        end(server)
        // What asked it has nothing left that would be in the way.
        let again = try start()
        defer { end(again.server) }
        #expect(again.port == declared)
    }

    @Test(arguments: clients.map(\.name))
    func itAsksThisCheckoutsServerInALinkedWorktree(_ client: String) throws {
        for name in [".env", "dotenv.py", "app.py", "smoke.py", "check.py"] {
            try #require(try project.scratch.shell("rm \(name)") == .printed(""))
        }
        try project.becomeGuest()
        let (server, port) = try start()
        defer { end(server) }
        #expect(port != declared)
        let outcome = try project.run("-q", "--", "python3", client)
        #expect(outcome == .printed("\(port) app\n"))
        #expect(try project.run("list", "-q") == .printed("\(port)\n"))
    }

    /// A tool that is known to listen on nothing asks what runs, in whatever way it is told of the port.
    @Test(arguments: [
        ["/bin/sh", "-c", "./curl $PORT"], ["./curl", "{port}"], ["/bin/sh", "-c", "sleep 0; ./curl ${PORT:-1} | cat"],
    ])
    func aClientWhoseWordsNameThePortHasNoneOfItsOwn(_ words: [String]) throws {
        try project.scratch.writeProgram(
            "#!/usr/bin/env python3\nimport socket, sys\nport = int(sys.argv[1])\n" + Self.ask, to: "curl")
        let (server, port) = try start()
        defer { server.closeInput() }
        #expect(try project.run(["-q", "--"] + words) == .printed("\(port) app\n"), "\(words)")
        #expect(try project.run("list", "-q") == .printed("\(port)\n"))
    }

    /// The words are those of a server that runs already.
    @Test func theSameCommandAgainIsASecondServer() throws {
        // Nothing in its text says that it listens.
        let hidden = Self.server.replacing("socket.create_server(", with: "getattr(socket, 'create_' + 'server')(")
        try project.scratch.write(hidden, to: "hidden.py")
        let first = try project.scratch.start([Program.portrun, "-q", "--", "python3", "hidden.py"])
        defer { end(first) }
        #expect(try first.number(after: "at ") == declared)
        let second = try project.scratch.start([Program.portrun, "-q", "--", "python3", "hidden.py"])
        defer { end(second) }
        #expect(try second.number(after: "at ") != declared)
    }
}
