#if os(Linux)
    import Foundation
    import PortrunBase
    import Testing

    /// Servers that run in no checkout's folder, and those on ports that the kernel hands out by itself.
    @Suite(.timeLimit(.minutes(30)))
    struct UnknownServerTests {
        private let project: Project
        private var number: Int { project.outside }

        init() throws {
            project = try Project()
            try project.scratch.write(Self.server, to: "server.py")
            try project.scratch.write(Project.client, to: "client.py")
            try project.addWorktree()
        }

        /// Says its last word to each who connects: `server.py PORT WORD`. As a daemon, behind a third word, it has no
        /// environment, no folder and no parent, and listens after its parent has ended; it writes its pid to that file.
        private static let server = """
            import os, socket, sys, time
            if len(sys.argv) > 3:
                if not os.environ.get("IS_DAEMON"):
                    if os.fork() == 0:
                        os.setsid()
                        path = os.path.abspath(sys.argv[0])
                        os.chdir("/")
                        null = os.open("/dev/null", os.O_RDWR)
                        for descriptor in range(3):
                            os.dup2(null, descriptor)
                        os.execve(sys.executable, [sys.executable, path] + sys.argv[1:], {"IS_DAEMON": "1"})
                    sys.exit()
                time.sleep(0.05)
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(("127.0.0.1", int(sys.argv[1])))
            listener.listen()
            if len(sys.argv) > 3:
                with open(sys.argv[3] + ".new", "w") as file:
                    print(os.getpid(), file=file)
                os.rename(sys.argv[3] + ".new", sys.argv[3])
            print("listening", flush=True)
            while True:
                peer = listener.accept()[0]
                peer.sendall(sys.argv[2].encode() + b"\\n")
                peer.close()
            """

        /// A daemon that ends with this.
        private final class Daemon {
            let pid: Int32

            init(_ file: String) throws {
                var text = ""
                for _ in 0..<1000 where text.isEmpty {
                    text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
                    usleep(10_000)
                }
                pid = try #require(Int32(text.filter(\.isNumber)))
            }

            deinit { kill(pid, SIGKILL) }
        }

        private func startDaemon(_ start: [String], _ word: String) throws -> Daemon {
            let file = project.scratch.path + "/\(word).pid"
            let outcome = try project.scratch.run(
                start + ["/usr/bin/python3", "server.py", "\(number)", word, file],
                environment: project.scratch.environment)
            try #require(outcome.ending == .exited(0), "\(outcome)")
            return try Daemon(file)
        }

        private func ask(_ folder: String) throws -> Outcome {
            try project.run("run", "-C", folder, "--", "python3", "client.py", "\(number)")
        }

        @Test func aDaemonOfTheMainOneIsItsOwn() throws {
            let daemon = try startDaemon([Program.portrun, "--"], "main")
            #expect(try ask("../feature").output == "Connection refused\n")
            #expect(try ask(".").output == "main\n")
            let own = try startDaemon([Program.portrun, "run", "-C", "../feature", "--"], "feature")
            #expect(try ask("../feature").output == "feature\n")
            #expect(try ask(".").output == "main\n")
            withExtendedLifetime((daemon, own)) {}
        }

        /// Before any command of the worktree has asked for it: by a client alone, and by a tool for ports.
        @Test(arguments: ["curl -s --max-time 20 127.0.0.1:$N", "lsof -ti:$N | xargs -r kill -9", "fuser -k $N/tcp"])
        func norIsADaemonOfTheMainOneReachedOrEnded(_ script: String) throws {
            guard Program.find(String(script.prefix { $0 != " " })) != nil else { return }
            let daemon = try startDaemon([Program.portrun, "--"], "main")
            let own = script.replacing("$N", with: "\(number)")
            let outcome = try project.run("run", "-C", "../feature", "--", "sh", "-c", own)
            #expect(!outcome.output.contains("main") && !outcome.output.contains("\(daemon.pid)"), "\(outcome)")
            #expect(try ask(".").output == "main\n", "it goes on")
            withExtendedLifetime(daemon) {}
        }

        /// Each is of the one whose command has started it, in whatever folder it runs.
        @Test func aDaemonOfOneWorktreeIsNotEndedFromAnother() throws {
            try #require(try project.scratch.shell("git worktree add -q ../other -b other") == .printed(""))
            let daemon = try startDaemon([Program.portrun, "run", "-C", "../feature", "--"], "feature")
            let other = try project.run("run", "-C", "../other", "--", "kill", "\(daemon.pid)")
            #expect(other.ending == .exited(1) && other.errors.contains("(pid \(daemon.pid)) is of `"), "\(other)")
            #expect(try project.run("run", "-C", "../feature", "--", "kill", "\(daemon.pid)") == .printed(""))
            withExtendedLifetime(daemon) {}
        }

        /// Daemons are waited for a quarter of a second, and only where there are some.
        @Test func aCommandThatLeavesNothingEndsAtOnce() throws {
            try project.scratch.writeProgram("#!/bin/sh\n", to: "../feature/nothing.sh")
            var shortest = Duration.seconds(1000)
            for _ in 0..<10 {
                let start = ContinuousClock.now
                let outcome = try project.run("run", "-C", "../feature", "--", "./nothing.sh")
                shortest = min(shortest, ContinuousClock.now - start)
                #expect(outcome == .printed(""))
            }
            #expect(shortest < .milliseconds(245))
        }

        @Test func whatNobodyHasStartedIsToldOfAndStepsAside() throws {
            let daemon = try startDaemon([], "stranger")
            let notice =
                "portrun: \(number) is `python3` (pid \(daemon.pid)), which no checkout is known to have started: this one "
                + "shares it with the main one; what is started here gets a port of its own\n"
            let outcome = try project.run(
                "run", "-C", "../feature", "--", "sh", "-c", "for i in 1 2 3; do python3 client.py \(number); done")
            #expect(
                outcome
                    == Outcome(
                        ending: .exited(0), output: String(repeating: "stranger\n", count: 3), errors: notice))
            #expect(try ask(".") == .printed("stranger\n"), "the main one has nothing to be told of")
            let own = try startDaemon([Program.portrun, "run", "-C", "../feature", "--"], "feature")
            #expect(try ask("../feature").output == "feature\n")
            #expect(try ask(".").output == "stranger\n")
            withExtendedLifetime((daemon, own)) {}
        }

        /// What the kernel gives to whoever asks for any port is the project's where its files name the number.
        @Test(arguments: [true, false])
        func aNumberOfTheKernelsIsTheMainOnesWhereTheProjectHasIt(_ isInFile: Bool) throws {
            let server = try project.scratch.start(
                ["/usr/bin/python3", "-c", Self.ephemeralServer])
            let port = try server.number(after: "at ")
            if isInFile { try project.scratch.write("target = 'localhost:\(port)'\n", to: "../feature/target.py") }
            let outcome = try project.run(
                "run", "-C", "../feature", "--", "sh", "-c", "for i in 1 2; do python3 client.py \(port); done")
            let answer = isInFile ? "Connection refused\n" : "main\n"
            #expect(outcome.output == answer + answer, "\(outcome)")
            server.closeInput()
            _ = try server.finish()
        }

        private static let ephemeralServer = """
            import os, socket, sys, threading
            threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
            listener = socket.create_server(("127.0.0.1", 0))
            print("at", listener.getsockname()[1], flush=True)
            while True:
                peer = listener.accept()[0]
                peer.sendall(b"main\\n")
                peer.close()
            """
    }
#endif
