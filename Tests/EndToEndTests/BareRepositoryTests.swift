import PortrunBase
import PortrunLaunch
import Testing

/// Worktrees of a bare repository: none is the main one, and whoever comes first has what the files declare.
@Suite(.timeLimit(.minutes(30)))
struct BareRepositoryTests {
    private let project: Project
    private var number: Int { project.outside }

    init() throws {
        project = try Project()
        try project.scratch.write(
            """
            import os, socket, sys, threading
            threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
            listener = socket.create_server(("127.0.0.1", \(project.outside)))
            print("at", listener.getsockname()[1], flush=True)
            while True:
                peer = listener.accept()[0]
                peer.sendall(os.path.basename(os.getcwd()).encode() + b"\\n")
                peer.close()
            """, to: "server.py")
        try project.scratch.write(Project.client, to: "client.py")
    }

    /// Makes the worktrees `one` and `two` of a bare repository beside them.
    private func makeWorktrees(of name: String) throws {
        try #require(
            try project.scratch.shell(
                """
                set -e
                git init -q -b main
                git add .
                git -c user.name=a -c user.email=a@example.org commit -q -m first
                git clone -q --bare . ../\(name)
                git -C ../\(name) worktree add -q "$PWD/../one" main
                git -C ../\(name) worktree add -q -b two "$PWD/../two"
                """) == .printed(""))
    }

    private func run(_ folder: String, _ words: String...) throws -> Outcome {
        try project.run(["run", "-C", "../\(folder)", "--"] + words)
    }

    @Test(arguments: ["shop.git", ".bare", ".git"])
    func aloneOneIsAsWithoutPortrun(_ name: String) throws {
        try makeWorktrees(of: name)
        let server = try project.scratch.start(
            [Program.portrun, "run", "-C", "../one", "--", "python3", "server.py"])
        #expect(try server.number(after: "at ") == number)
        server.closeInput()
        #expect(try server.finish() == .printed("at \(number)\n"))
    }

    #if os(Linux)
        /// Git tells where that one is.
        @Test func theFirstMayHaveBeenStartedWithoutPortrun() throws {
            try makeWorktrees(of: "shop.git")
            let first = try project.scratch.start(["/bin/sh", "-c", "cd ../one && exec python3 server.py"])
            try first.wait(for: "at \(number)\n")
            #expect(try run("two", "python3", "client.py", "\(number)").output == "Connection refused\n")
            let outcome = try run(
                "two", "sh", "-c", "lsof -t -i :\(number) -s TCP:LISTEN; fuser \(number)/tcp 2>/dev/null; true")
            #expect(outcome.output == "", "\(outcome)")
            first.closeInput()
            _ = try first.finish()
            // It has gone, and left nothing to keep away from.
            let second = try project.scratch.start(
                [Program.portrun, "run", "-C", "../two", "--", "python3", "server.py"])
            #expect(try second.number(after: "at ") == number)
            second.closeInput()
            _ = try second.finish()
        }

        @Test(arguments: ["shop.git", ".git"])
        func theSecondDoesNotComeToTheFirst(_ name: String) throws {
            try makeWorktrees(of: name)
            let first = try project.scratch.start(
                [Program.portrun, "run", "-C", "../one", "--", "python3", "server.py"])
            try first.wait(for: "at \(number)\n")
            #expect(try run("two", "python3", "client.py", "\(number)").output == "Connection refused\n")
            let second = try project.scratch.start(
                [Program.portrun, "run", "-C", "../two", "--", "python3", "server.py"])
            #expect(try second.number(after: "at ") != number)
            #expect(try run("two", "python3", "client.py", "\(number)").output == "two\n")
            #expect(try run("one", "python3", "client.py", "\(number)").output == "one\n")
            for server in [first, second] {
                server.closeInput()
                _ = try server.finish()
            }
        }
    #endif
}
