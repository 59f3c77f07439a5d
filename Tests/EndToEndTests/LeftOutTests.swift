import Testing

/// A linked worktree for whose services no port is free.
@Suite(.timeLimit(.minutes(30)))
struct LeftOutTests {
    let project: Project
    /// The number that the project declares.
    private var declared: Int { project.outside }

    init() throws {
        project = try Project()
        try project.scratch.write("up:\n\tdocker compose -f infra/compose.yaml up -d\n", to: "../main/Makefile")
        try project.scratch.write(Project.client, to: "../main/client.py")
        try project.scratch.write(Self.server, to: "../main/server.py")
        try project.scratch.write(
            "services: {db: {image: postgres, ports: ['\(project.outside):5432', '\(project.outside + 1):9']}}\n",
            to: "../main/infra/compose.yaml")
        try project.becomeGuest()
        // Nobody may have those.
        let outcome = try project.run("config", "--set-range", "postgres:1-9", "--set-range", "default:1-9")
        try #require(outcome.ending == .exited(0), "\(outcome)")
    }

    /// Says its name to each who connects: `server.py PORT NAME`.
    private static let server = """
        import socket, sys
        listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
        print("ready", flush=True)
        while True:
            peer = listener.accept()[0]
            peer.sendall(sys.argv[2].encode() + b"\\n")
            peer.close()
        """

    private var notice: String {
        "portrun: no port is free for `db` (\(declared)) and 1 more service of this project: the command runs without; "
            + "`portrun gc` drops bookings whose project is gone, "
            + "`portrun config --set-range postgres:FIRST-LAST` gives more room\n"
    }

    @Test(arguments: [".", "infra"])
    func theCommandRuns(in folder: String) throws {
        let words = ["run", "--translate", "off", "-C", folder, "--", "/bin/sh", "-c", "echo ${DB_PORT-none}; exit 3"]
        #expect(try project.run(words) == Outcome(ending: .exited(3), output: "none\n", errors: notice))
    }

    @Test func whoAsksForItByNameIsToldThatThereIsNone() throws {
        for words in [
            ["get", "db"], ["book", "db"], ["run", "--book", "db", "--", "true"],
            ["run", "-C", "infra", "--book", "db", "--", "true"],
        ] {
            let outcome = try project.run(words)
            #expect(outcome.ending == .exited(125), "\(words)")
            #expect(outcome.errors.contains("portrun: error: no free port for `db` in 1-9: "), "\(outcome)")
        }
    }

    #if os(Linux)
        @Test func whoConnectsIsRefusedAndDoesNotReachTheMainWorktrees() throws {
            let main = try project.scratch.start(["/usr/bin/python3", "../main/server.py", "\(declared)", "main"])
            try main.wait(for: "ready\n")
            let outcome = try project.run("--", "/usr/bin/python3", "client.py", "\(declared)")
            #expect(outcome.output == "Connection refused\n")
            #expect(
                outcome.errors
                    == notice + "portrun: warning: \(declared) (`db`) was refused: no port was free for it here; "
                    + "the main worktree's is on \(declared): `--use-main db`\n")
            let shared = try project.run(
                "run", "-q", "--use-main", "db", "--", "/usr/bin/python3", "client.py", "\(declared)")
            #expect(shared.output == "main\n")
            main.signal(9)
        }

        @Test func whoListensThereHimselfIsReached() throws {
            let script = """
                /usr/bin/python3 server.py \(declared) own > log & server=$!
                until grep -q ready log; do :; done
                /usr/bin/python3 client.py \(declared); kill $server
                """
            #expect(try project.run("run", "-q", "--", "/bin/sh", "-c", script).output == "own\n")
        }
    #endif
}
