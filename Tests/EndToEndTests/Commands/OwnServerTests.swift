#if os(Linux)
    import PortrunBase
    import Testing

    /// A server whose environment says nothing of portrun any more: redis, nginx and postgres write over theirs.
    @Suite(.timeLimit(.minutes(30)))
    struct OwnServerTests {
        private let project: Project
        private let server: RunningProgram

        init() throws {
            project = try Project()
            try project.scratch.write(
                """
                import socket, sys
                listener = socket.create_server(("127.0.0.1", \(project.outside)))
                print("up", flush=True)
                sys.stdin.read()
                """, to: "server.py")
            try project.addWorktree()
            let script = "cd / && env -i /usr/bin/python3 \"$OLDPWD/server.py\"; :"
            server = try project.scratch.start([Program.portrun, "-q", "--", "/bin/sh", "-c", script])
            try server.wait(for: "up\n")
            try Deadline.wait(for: "the look at where it listens") {
                try project.run("status", "-q").output == "\(project.outside)\n"
            }
        }

        @Test func doctorKnowsIt() throws {
            #expect(try project.run(["doctor"], ["PATH=/nowhere"]) == .printed("no trouble found\n"))
            server.closeInput()
            _ = try server.finish()
        }

        @Test(arguments: [["--learned"], ["--all"], ["--port"]])
        func itsPortIsNotReleasedWhileItRuns(_ words: [String]) throws {
            let words = ["release"] + words + (words == ["--port"] ? ["\(project.outside)"] : [])
            let process = try #require(ListeningProcess.find(on: Port(project.outside)!, .tcp))
            let outcome = try project.run(words)
            #expect(outcome.ending == .exited(1))
            #expect(
                outcome.errors.hasPrefix(
                    "portrun: error: `port-\(project.outside)` is held by pid \(process.pid): /usr/bin/python3 "))
            #expect(outcome.errors.hasSuffix("portrun: hint: end it first, or use `--force`\n"))
            #expect(try project.run("status", "-q") == .printed("\(project.outside)\n"))
            #expect(try project.run(words + ["--force"]).ending == .exited(0))
            #expect(try project.run("status", "-q") == .printed(""))
            server.closeInput()
            _ = try server.finish()
        }
    }
#endif
