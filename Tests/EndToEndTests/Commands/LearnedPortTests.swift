#if os(Linux)
    import PortrunBase
    import Testing

    /// Ports that no file declares: a launch sees where its command listens.
    @Suite(.timeLimit(.minutes(30)))
    struct LearnedPortTests {
        private let project: Project

        /// A server with two ports in its source, in two worktrees.
        init() throws {
            project = try Project()
            try project.scratch.write(
                """
                import socket, sys
                listeners = [socket.create_server(("127.0.0.1", port)) for port in (\(project.web), \(project.outside))]
                print(*[listener.getsockname()[1] for listener in listeners], flush=True)
                sys.stdin.read()
                """, to: "server.py")
            try project.scratch.writeProgram("#!/bin/sh\nexec python3 server.py\n", to: "tool")
            try project.addWorktree()
        }

        private func start(
            in folder: String, _ words: [String] = ["python3", "server.py", "{port}"], _ options: [String] = []
        ) throws -> RunningProgram {
            try project.scratch.start(
                [Program.portrun, "run", "-C", folder] + options + ["--"] + words,
                environment: project.scratch.environment)
        }

        private static let hasNetworks = (try? Scratch().shell("unshare -n ip link set lo up").ending) == .exited(0)

        /// In a network namespace of its own, where nobody has the number.
        @Test(.enabled(if: hasNetworks, "needs unshare(1), ip(8) and root"))
        func aWellKnownNumberIsFoundByItsName() throws {
            try project.scratch.write(
                """
                import socket
                listener = socket.create_server(("127.0.0.1", 6379))
                while True: listener.accept()[0].sendall(b"cache\\n")
                """, to: "cache.py")
            try project.scratch.write(Project.client, to: "../feature/client.py")
            let outcome = try project.scratch.shell(
                """
                unshare -n sh -c 'ip link set lo up
                "$LAUNCHER" -q -- python3 cache.py & server=$!
                until "$LAUNCHER" lookup redis -q >/dev/null 2>&1; do sleep 0.1; done
                "$LAUNCHER" lookup redis
                cd ../feature
                "$LAUNCHER" run -q --use-main redis -- python3 client.py 6379
                kill $server'
                """)
            #expect(outcome.output == "project/main\tport-6379\t6379\ncache\n", "\(outcome)")
        }

        /// Whether or not the user wants to hear of it.
        @Test(arguments: [[], ["-q"]])
        func anotherWorktreeMovesWhereTheMainOneListens(_ options: [String]) throws {
            let (web, other) = (project.web, project.outside)
            let main = try start(in: ".", ["python3", "server.py", "{port}"], options)
            try main.wait(for: "\(web) \(other)\n")
            try Deadline.wait(for: "the look at where it listens") {
                try project.run("status", "-q").output == "\(web)\n\(other)\n"
            }
            let feature = try start(in: "../feature")
            try feature.wait(for: "\(web + 1) \(project.first)\n")
            feature.closeInput()
            #expect(try feature.finish().ending == .exited(0))
            main.closeInput()
            #expect(try main.finish() == Outcome(ending: .exited(0), output: "\(web) \(other)\n", errors: ""))
            // The main worktree stays where it is, now and the next time.
            let again = try start(in: ".")
            again.closeInput()
            #expect(try again.finish() == Outcome(ending: .exited(0), output: "\(web) \(other)\n", errors: ""))
            #expect(
                try project.run("release", "--learned") == .printed("web \(web)\nport-\(other) \(other)\n"))
            #expect(
                try project.run("release", "--learned")
                    == .failed(
                        1,
                        "portrun: error: no port is remembered in project/main\n"
                            + "portrun: hint: `portrun status` lists what is booked\n"))
        }

        /// Also where sockets that share their ports would come to stand side by side, and clients of one reach the other.
        @Test(arguments: ["alone", "shared"])
        func nothingIsBoundWhereAnotherWorktreeListensSinceTheLaunch(_ way: String) throws {
            for folder in ["", "../feature/"] {
                // Has to move, so that there is a translation from the start.
                try project.scratch.write(
                    "services: {db: {image: x, ports: ['\(project.outside + 1):5432']}}\n", to: folder + "compose.yaml")
                try project.scratch.write(
                    """
                    import socket, sys
                    listener = socket.socket()
                    if "\(way)" == "shared":
                        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
                    print("ready", flush=True)
                    sys.stdin.readline()
                    listener.bind(("127.0.0.1", \(project.outside)))
                    listener.listen()
                    print("at", listener.getsockname()[1], flush=True)
                    sys.stdin.read()
                    """, to: folder + "late.py")
            }
            let words = ["python3", "late.py", "{port}"]
            let main = try start(in: ".", words)
            try main.wait(for: "ready\n")
            let feature = try start(in: "../feature", words)
            try feature.wait(for: "ready\n")
            main.write("now\n")
            try main.wait(for: "at \(project.outside)\n")
            feature.write("now\n")
            try feature.wait(for: "at \(project.first + 1)\n")
            feature.closeInput()
            let outcome = try feature.finish()
            #expect(outcome.ending == .exited(0))
            #expect(
                outcome.errors.contains(
                    "\(project.outside) is in use by `python3` of another checkout: the command listens on "
                        + "\(project.first + 1) in its place"))
            main.closeInput()
            #expect(try main.finish().ending == .exited(0))
        }

        /// Listens on `port`, whatever it is told.
        private func writeOne(on port: Int, to name: String = "one.py") throws {
            let text = """
                import socket, sys
                listener = socket.create_server(("127.0.0.1", \(port)))
                print("at", listener.getsockname()[1], flush=True)
                sys.stdin.read()
                """
            for folder in ["", "../feature/"] { try project.scratch.write(text, to: folder + name) }
        }

        private func waitForStatus(_ rows: [String], in folder: String) throws {
            try Deadline.wait(for: "the look at where it listens") {
                let lines = try project.run("status", "-C", folder).output.split(separator: "\n")
                return lines.count == rows.count
                    && zip(lines, rows).allSatisfy { line, row in line.contains("\t\(row)\t") }
            }
        }

        /// Not as `web`, which it is not: under one name in both checkouts, with its process.
        @Test func whatItsNumberLeadsAServerToIsItsOwnUnderThatName() throws {
            let number = project.outside
            try writeOne(on: number)
            let main = try start(in: ".", ["python3", "one.py"])
            try main.wait(for: "at \(number)\n")
            try waitForStatus(["port-\(number)\t\(number)\t\(number)\t\tlive"], in: ".")
            for _ in 1...2 {
                let feature = try start(in: "../feature", ["python3", "one.py"])
                try feature.wait(for: "at \(project.first)\n")
                try waitForStatus(["port-\(number)\t\(project.first)\t\(number)\t\tlive"], in: "../feature")
                let status = try project.run("status", "-C", "../feature").output
                #expect(status.hasSuffix("\tpython3 one.py\n"), "\(status)")
                #expect(
                    try project.run("lookup", "port-\(number)", "--url", "-C", "../feature")
                        == .printed("http://127.0.0.1:\(project.first)\n"))
                #expect(
                    try project.run("wait", "port-\(number)", "-q", "--timeout", "0", "-C", "../feature")
                        == .printed("\(project.first)\n"))
                #expect(try project.run("lookup", "web", "-C", "../feature").ending == .exited(1))
                #expect(try !project.run("doctor").output.contains("listens on"))
                feature.closeInput()
                #expect(try feature.finish().ending == .exited(0))
            }
            main.closeInput()
            #expect(try main.finish().ending == .exited(0))
        }

        /// Where commands are started in one go, the one whose number the project says has the name `web` and its port
        /// each time.
        @Test func theServerThatTheProjectKnowsKeepsItsPortBesideOthers() throws {
            let (number, declared) = (project.outside, project.outside + 1)
            try writeOne(on: number)
            try project.scratch.writeProgram(
                """
                #!/usr/bin/env python3
                import socket, sys
                port = int(sys.argv[2]) if "--port" in sys.argv else \(declared)
                listener = socket.create_server(("127.0.0.1", port))
                print("at", listener.getsockname()[1], flush=True)
                sys.stdin.read()
                """, to: "vite")
            for folder in ["", "../feature/"] {
                try project.scratch.write(
                    "export default { server: { port: \(declared) } };\n", to: folder + "vite.config.js")
            }
            let words = [["python3", "one.py"], ["\(project.scratch.project)/vite"]]
            let main = try words.map { try start(in: ".", $0) }
            try main[0].wait(for: "at \(number)\n")
            try main[1].wait(for: "at \(declared)\n")
            try waitForStatus(["port-\(number)\t\(number)", "web\t\(declared)"], in: ".")
            var served: Set<String> = []
            for _ in 1...2 {
                let feature = try words.map { try start(in: "../feature", $0) }
                try feature[0].wait(for: "at \(project.first)\n")
                let web = try feature[1].number(after: "at ")
                served.insert("\(web)")
                try waitForStatus(
                    ["web\t\(web)\t\(declared)\t\tlive", "port-\(number)\t\(project.first)\t\(number)\t\tlive"],
                    in: "../feature")
                for one in feature { one.closeInput() }
                for one in feature { _ = try one.finish() }
            }
            #expect(served.count == 1, "\(served)")
            for one in main { one.closeInput() }
            for one in main { _ = try one.finish() }
        }

        /// It has outlived the command that started it.
        @Test func aDaemonOnALearnedPortIsLookedUp() throws {
            let number = project.outside
            try writeOne(on: number)
            let main = try start(in: ".", ["python3", "one.py"])
            try main.wait(for: "at \(number)\n")
            try waitForStatus(["port-\(number)\t\(number)\t\(number)\t\tlive"], in: ".")
            main.closeInput()
            _ = try main.finish()
            #expect(try project.run("lookup", "port-\(number)", "--url").ending == .exited(1))
            let daemon = try project.scratch.start(
                ["/usr/bin/python3", "one.py"], environment: project.scratch.environment)
            try daemon.wait(for: "at \(number)\n")
            #expect(
                try project.run("lookup", "port-\(number)", "--url") == .printed("http://127.0.0.1:\(number)\n"))
            daemon.closeInput()
            _ = try daemon.finish()
        }

        /// The number has a port of the worktree's own from then on, and leads there when the server does.
        @Test func whatListensOnTheNumberItselfIsReached() throws {
            let number = project.outside
            try project.scratch.write(
                """
                import socket, sys
                listener = socket.create_server(("127.0.0.1", \(number)))
                print("at", listener.getsockname()[1], flush=True)
                sys.stdin.read()
                """, to: "../feature/one.py")
            let client = [
                "python3", "-c",
                "import socket; print(*socket.create_connection(('127.0.0.1', \(number))).getpeername())",
            ]
            let first = try start(in: "../feature", ["python3", "one.py"], ["--translate", "off"])
            try first.wait(for: "at \(number)\n")
            try Deadline.wait(for: "the look at where it listens") {
                try project.run("status", "-C", "../feature").output.contains("port-\(number)\t\(project.first)\t")
            }
            for _ in 1...2 {
                #expect(
                    try project.run(["run", "-C", "../feature", "--"] + client) == .printed("127.0.0.1 \(number)\n"))
            }
            #expect(!(try project.run("status", "-C", "../feature").errors.contains("by translation")))
            first.closeInput()
            _ = try first.finish()
            let second = try start(in: "../feature", ["python3", "one.py"])
            try second.wait(for: "at \(project.first)\n")
            #expect(
                try project.run(["run", "-C", "../feature", "--"] + client)
                    == .printed("127.0.0.1 \(project.first)\n"))
            second.closeInput()
            _ = try second.finish()
        }

        /// Nothing is booked for it; but there is another worktree, which is to know where it listens.
        @Test(arguments: [[], ["-q"]])
        func whatNobodyKnowsAsAServerIsLookedAtBesideAnotherWorktree(_ options: [String]) throws {
            let (web, other) = (project.web, project.outside)
            let main = try start(in: ".", ["./tool"], options)
            try main.wait(for: "\(web) \(other)\n")
            try Deadline.wait(for: "the look at where it listens") {
                Set(try project.run("status", "-q").output.split(separator: "\n")) == ["\(web)", "\(other)"]
            }
            #expect(
                try project.run("discover").output.contains("port-\(other)\t\(other)\t\(other)\tlistened here on 20"))
            let json = try project.run("discover", "--json").output
            #expect(json.contains("\"listened_at\": \"20"), "\(json)")
            let feature = try start(in: "../feature", ["./tool"])
            feature.closeInput()
            let outcome = try feature.finish()
            let ports = outcome.output.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
            #expect(outcome.ending == .exited(0))
            #expect(Set(ports + [web, other]).count == 4, "\(outcome)")
            main.closeInput()
            #expect(try main.finish() == Outcome(ending: .exited(0), output: "\(web) \(other)\n", errors: ""))
            let released = try project.run("release", "--learned").output.split(separator: "\n")
            #expect(Set(released) == ["port-\(web) \(web)", "port-\(other) \(other)"])
        }

        /// What was learned goes with the checkout that it is booked in.
        @Test func gcForgetsItWithTheRepository() throws {
            let main = try start(in: ".")
            try main.wait(for: "\(project.web) \(project.outside)\n")
            try Deadline.wait(for: "the look at where it listens") {
                try project.run("status", "-q").output.split(separator: "\n").count == 2
            }
            main.closeInput()
            _ = try main.finish()
            let outcome = try project.scratch.shell(
                "folder=$PWD && cd .. && mv \"$folder\" gone && \"$LAUNCHER\" gc -q && \"$LAUNCHER\" status --all")
            #expect(outcome == .printed(""))
        }
    }
#endif
