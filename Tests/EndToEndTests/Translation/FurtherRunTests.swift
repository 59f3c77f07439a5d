#if os(Linux)
    import PortrunBase
    import Testing

    /// Several commands of one checkout at once: by the number of a service each reaches what serves it.
    @Suite(.timeLimit(.minutes(30)))
    struct FurtherRunTests {
        private let project: Project
        private var web: Int { project.outside }
        private var database: Int { project.outside + 1 }
        /// The main worktree, which is alone in its use, and one in which both numbers have moved.
        private static let folders = [".", "../feature"]

        init() throws {
            project = try Project()
            try project.scratch.write(
                "services:\n  web: {image: x, ports: ['\(web):80']}\n  db: {image: x, ports: ['\(database):5432']}\n",
                to: "compose.yaml")
            try project.scratch.write(Self.server, to: "server.py")
            try project.scratch.write(Project.client, to: "client.py")
            try project.addWorktree()
        }

        /// Says its name to each who connects, wherever it runs: `server.py PORT NAME`.
        private static let server = """
            import os, socket, sys
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", int(sys.argv[1])))
            listener.listen()
            os.chdir("/")
            print("at", listener.getsockname()[1], flush=True)
            while True:
                peer = listener.accept()[0]
                peer.sendall(sys.argv[2].encode() + b"\\n")
                peer.close()
            """

        private func start(_ service: String, in folder: String, _ words: String...) throws -> RunningProgram {
            try project.scratch.start([Program.portrun, "run", service, "-C", folder, "--"] + words)
        }

        /// What a command hears by the number of `web`.
        private func answer(in folder: String, _ options: String...) throws -> String {
            try project.run(["run"] + options + ["-C", folder, "-q", "--", "python3", "client.py", "\(web)"]).output
        }

        private func end(_ programs: RunningProgram...) throws {
            for program in programs {
                program.signal(SIGTERM)
                _ = try program.finish()
            }
        }

        @Test(arguments: folders)
        func aSecondRunReachesTheFirstUntilItListens(_ folder: String) throws {
            let first = try start("web", in: folder, "python3", "server.py", "\(web)", "first")
            let port = try first.number(after: "at ")
            #expect((port == web) == (folder == "."))
            #expect(try answer(in: folder, "web") == "first\n")
            let script = """
                python3 client.py \(web)
                python3 server.py \(web) second & server=$!
                until [ "$(python3 client.py \(web))" = second ]; do sleep 0.05; done
                kill $server
                """
            let second = try project.run("run", "web", "-C", folder, "--", "sh", "-c", script)
            #expect(second.output.hasPrefix("first\nat "), "\(second)")
            #expect(!second.output.contains("at \(port)\n") && !second.errors.contains("nobody listens"), "\(second)")
            #expect(try answer(in: folder) == "first\n")
            try end(first)
        }

        @Test(arguments: folders)
        func theServerOfAServiceHasItsNumberBesideAnother(_ folder: String) throws {
            let db = try start("db", in: folder, "python3", "server.py", "\(database)", "db")
            _ = try db.number(after: "at ")
            let server = try start("web", in: folder, "python3", "server.py", "\(web)", "web")
            #expect((try server.number(after: "at ") == web) == (folder == "."))
            #expect(try answer(in: folder) == "web\n")
            #expect(try answer(in: folder, "other") == "web\n")
            #expect(try project.run("status", "-C", folder).output.contains("server.py \(web) web"))
            try end(db, server)
        }

        /// By whatever name it runs.
        @Test func aServerWithTheNumberOfAServiceHasItBesideAnother() throws {
            let db = try start("db", in: ".", "python3", "server.py", "\(database)", "db")
            _ = try db.number(after: "at ")
            let server = try project.scratch.start([Program.portrun, "--", "python3", "-m", "http.server", "\(web)"])
            try Deadline.wait(for: "the server") {
                try project.scratch.run(["/usr/bin/python3", "client.py", "\(web)"]).output != "Connection refused\n"
            }
            // It waits for a request, and is not refused.
            let script =
                "python3 -c 'import socket; socket.create_connection((\"127.0.0.1\", \(web))); print(\"there\")'"
            #expect(try project.run("-q", "--", "sh", "-c", script) == .printed("there\n"))
            try end(db, server)
        }

        /// It may print the number that it has in its source.
        @Test func aServerWithANumberInItsSourceHasItsAddressSaid() throws {
            let server = try project.scratch.start(
                [Program.portrun, "run", "-v", "-C", "../feature", "--", "python3", "server.py", "\(web)", "web"])
            let port = try server.number(after: "at ")
            try server.errors.wait(for: "web http://localhost:\(port) (declared \(web))")
            try end(server)
        }

        @Test(arguments: folders)
        func aDaemonGoesOnServingTheCheckout(_ folder: String) throws {
            let script = "python3 server.py \(web) daemon >/dev/null 2>&1 </dev/null & echo $!"
            let outcome = try project.run("run", "web", "-q", "-C", folder, "--", "sh", "-c", script)
            let pid = try #require(Int32(outcome.output.dropLast()))
            defer { kill(pid, SIGKILL) }
            try Deadline.wait(for: "the daemon") { try answer(in: folder) == "daemon\n" }
            for _ in 1...2 {
                #expect(try answer(in: folder, "web") == "daemon\n")
                #expect(try answer(in: folder) == "daemon\n")
            }
            let second = try start("web", in: folder, "python3", "server.py", "\(web)", "second")
            try second.errors.wait(for: "of this checkout (pid \(pid)) listens on")
            #expect(try second.number(after: "at ") != web)
            #expect(try answer(in: folder) == "daemon\n")
            try end(second)
        }
    }
#endif
