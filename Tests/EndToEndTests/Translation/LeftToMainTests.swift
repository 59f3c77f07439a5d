#if os(Linux)
    import PortrunBase
    import Testing

    /// A linked worktree that comes first, with a number in its source of which no file tells: the main one has it, too.
    @Suite(.timeLimit(.minutes(30)))
    struct LeftToMainTests {
        private let project: Project
        private var number: Int { project.outside }

        init() throws {
            project = try Project()
            try project.scratch.write(Self.server, to: "server.py")
            try project.scratch.write(Project.client, to: "client.py")
            try project.scratch.writeProgram("#!/bin/sh\nexec python3 server.py \"$@\"\n", to: "tool")
            try project.addWorktree()
        }

        /// Says its folder to each who connects, and ends with its input: `server.py PORT`.
        private static let server = """
            import os, socket, sys, threading
            threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
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

        private func start(
            in folder: String, _ options: [String] = [], _ words: [String]? = nil, variables: [String] = []
        ) throws -> RunningProgram {
            try project.scratch.start(
                [Program.portrun, "run", "-C", folder] + options + ["--"] + (words ?? ["./tool", "\(number)"]),
                environment: variables + project.scratch.environment)
        }

        private func ask(in folder: String) throws -> String {
            try project.run("run", "-q", "-C", folder, "--", "python3", "client.py", "\(number)").output
        }

        private func end(_ program: RunningProgram) throws -> Outcome {
            program.closeInput()
            return try program.finish()
        }

        private var step: String {
            "feature, and a server with that number finds it taken: end that one; by portrun, without `--exec` and "
                + "`--translate off`, it gets another port there\n"
        }

        private var warning: String { "portrun: warning: who has \(number) in its source reaches `python3` (pid " }

        @Test func theMainOneHasItsNumberThoughTheOtherCameFirst() throws {
            let feature = try start(in: "../feature")
            try feature.wait(for: "at \(project.first)\n")
            try feature.errors.wait(
                for: "portrun: \(number) stays the main checkout's: the command listens on \(project.first) "
                    + "in its place\n")
            // By the command, which listens there.
            #expect(try project.run("status", "--all").output.contains("\t\(project.first)\t\(number)\t\tlive\t"))
            #expect(try ask(in: "../feature") == "feature\n")
            // What would reset the data of the one does not reach those of the other.
            #expect(try ask(in: ".") == "Connection refused\n")
            let main = try start(in: ".")
            try main.wait(for: "at \(number)\n")
            #expect(try ask(in: ".") == "project\n")
            #expect(try ask(in: "../feature") == "feature\n")
            _ = try end(feature)
            #expect(try ask(in: "../feature") == "Connection refused\n")
            #expect(try end(main) == Outcome(ending: .exited(0), output: "at \(number)\n", errors: ""))
            // It is no news the next time.
            let again = try start(in: "../feature")
            try again.wait(for: "at \(project.first)\n")
            #expect(try end(again).errors == "")
        }

        /// What it was given as a server that nobody knew is for nobody then.
        @Test func aServerWithTwoNumbersOfItsOwnHasNoOther() throws {
            let other = project.outside + 1
            try project.scratch.writeProgram(
                "#!/usr/bin/python3\nimport subprocess, sys\nps = [subprocess.Popen(['python3', 'server.py', p]) "
                    + "for p in sys.argv[1:]]\n[p.wait() for p in ps]\n", to: "../feature/both")
            let words = ["./both", "\(number)", "\(other)"]
            for _ in 1...2 {
                let feature = try start(in: "../feature", [], words)
                try Deadline.wait(for: "both, and no `web`") {
                    let status = try project.run("status", "-C", "../feature").output
                    return status.split(separator: "\n").filter { $0.contains("\tlive\t") }.count == 2
                        && !status.contains("\tweb\t")
                }
                _ = try end(feature)
            }
        }

        @Test func whatTheCommandIsToldIsItsOwn() throws {
            let told = try start(in: "../feature", ["-q"], ["./tool", "{port}"])
            let port = try told.number(after: "at ")
            #expect(try project.run("status", "-q", "-C", "../feature") == .printed("\(port)\n"))
            _ = try end(told)
            // The user's, who says so now.
            let wished = try start(
                in: "../feature", [], ["python3", "server.py", "\(number)"], variables: ["PORT=\(number)"])
            try wished.wait(for: "at \(number)\n")
            #expect(!(try end(wished).errors.contains("in its place")))
        }

        /// A portserver gives ports in such a way.
        @Test func whatIsHeldOutsideOfTheRepositoryStaysWhereItIs() throws {
            let holder = try project.scratch.start(
                [Program.portrun, "-q", "--context", "other", "--port", "\(number)", "--"]
                    + ["/bin/sh", "-c", "echo up; read line"])
            try holder.wait(for: "up\n")
            let feature = try start(in: "../feature")
            try feature.wait(for: "at \(number)\n")
            _ = try end(feature)
            _ = try end(holder)
        }

        /// They compare what they got with what they asked for.
        @Test func theWorkersOfAClusterListenInTheFirstRun() throws {
            try project.scratch.write(
                """
                const cluster = require('cluster');
                if (cluster.isPrimary) {
                  cluster.fork();
                  process.stdin.on('end', () => process.exit()).resume();
                } else {
                  const server = require('http').createServer();
                  server.on('error', (error) => console.log(error.code));
                  server.listen(\(number), '127.0.0.1', () => console.log('at', server.address().port));
                }
                """, to: "../feature/cluster.js")
            let feature = try start(in: "../feature", [], ["node", "cluster.js"])
            try feature.wait(for: "at \(project.first)\n")
            _ = try end(feature)
        }

        /// Tools outside connect there.
        @Test func thePortOfADebuggerStaysWhereItIs() throws {
            let free = (9231...9299).first { (try? BoundSocket.isWaiting(on: Port($0)!, .tcp)) == false }
            let port = try #require(free)
            let feature = try start(in: "../feature", [], ["./tool", "\(port)"])
            try feature.wait(for: "at \(port)\n")
            #expect(try end(feature).errors == "")
            #expect(!(try project.run("status", "--all").output.contains("\t\(port)\t")))
        }

        /// Without a supervisor, which would answer its calls.
        @Test func aCommandInTheMainOneIsAsWithoutPortrun() throws {
            let main = try start(in: ".")
            try main.wait(for: "at \(number)\n")
            let server = try #require(ListeningProcess.find(on: Port(number)!, .tcp))
            #expect(ProcessTree.ancestors(of: server.pid).first == main.pid)
            _ = try end(main)
        }

        @Test func whatCouldNotBeMovedIsToldOfInTheMainOne() throws {
            let feature = try start(in: "../feature", ["--translate", "off"])
            try feature.wait(for: "at \(number)\n")
            try Deadline.wait(for: "the look at where it listens") {
                try project.run("status", "--all").output.contains("\tport-\(number)\t")
            }
            let main = try start(in: ".").finish()
            #expect(main.errors.contains(warning), "\(main)")
            #expect(main.errors.contains(step), "\(main)")
            #expect(main.errors.ranges(of: warning).count == 1)
            _ = try end(feature)
            #expect(!(try end(start(in: ".")).errors.contains(warning)))
        }

        /// Nobody has looked where it listens; with `--exec` portrun is not there any more.
        @Test(arguments: [[Program.portrun, "run", "--exec", "--"], []])
        func aCommandThatFailsIsToldInTheEnd(_ launcher: [String]) throws {
            let feature = try project.scratch.start(
                ["/usr/bin/env", "-C", "../feature"] + launcher + ["./tool", "\(number)"],
                environment: project.scratch.environment)
            try feature.wait(for: "at \(number)\n")
            let main = try start(in: ".").finish()
            #expect(main.ending == .exited(1))
            #expect(main.errors.contains(warning), "\(main)")
            #expect(main.errors.contains(step), "\(main)")
            #expect(!(try project.run("run", "--", "true").errors.contains(warning)))
            _ = try end(feature)
        }
    }
#endif
