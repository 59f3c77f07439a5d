#if os(Linux)
    import Testing

    /// `git switch` in a folder in which a server runs.
    @Suite(.timeLimit(.minutes(30)))
    struct SwitchedBranchTests {
        private let fixture: PortToolProject
        private var project: Project { fixture.project }
        private var number: Int { fixture.number }

        init() throws { fixture = try PortToolProject() }

        private func switchBranch(in folder: String) throws {
            #expect(try project.scratch.shell("git -C \(folder) switch -q -c other").ending == .exited(0))
        }

        @Test func aWorktreesServerIsFoundStill() throws {
            try project.scratch.write(
                "import socket, sys\nsocket.create_connection(('127.0.0.1', int(sys.argv[1])), 10)\nprint('reached')\n",
                to: "../feature/client.py")
            let main = try fixture.serve()
            let own = try fixture.serveInWorktree()
            try switchBranch(in: "../feature")
            #expect(try project.run("status", "-C", "../feature").output.contains("\t\(own.port)\t\(number)\t"))
            let client = try project.run("run", "-C", "../feature", "--", "python3", "client.py", "\(number)")
            #expect(client == .printed("reached\n"), "\(client)")
            #expect(try fixture.run("lsof -ti:\(number) -sTCP:LISTEN").output == "\(own.pid)\n")
            #expect(try project.run("get", "port-\(number)", "-C", "../feature", "-q").output == "\(own.port)\n")
            let found = try project.run("lookup", "port-\(number)", "-C", "../feature")
            #expect(found.output == "project/other\tport-\(number)\t\(own.port)\n", "\(found)")
            try fixture.endRunning(own.program)
            try fixture.endRunning(main)
        }

        /// It is not told of its own server as another checkout's.
        @Test func theMainOnesServerStaysItsOwn() throws {
            let main = try fixture.serve([Program.portrun, "-q", "--"])
            try Deadline.wait(for: "the look at where it listens") {
                try project.run("status", "-q").output == "\(number)\n"
            }
            try switchBranch(in: ".")
            let status = try project.run("status")
            #expect(status.output.contains("\t\(number)\t"), "\(status)")
            let again = try project.run("run", "--", "python3", "server.py", "\(number)")
            #expect(!again.errors.contains("project/main"), "\(again)")
            #expect(try project.run("status", "--all").output.hasPrefix("project/other\tport-\(number)\t\(number)\t"))
            try fixture.endRunning(main)
        }

        /// A shell's variables stay, too: one folder has one branch at a time.
        @Test func aLoneCheckoutKeepsItsNumbers() throws {
            let lone = try Project()
            try lone.scratch.write(
                "services: {db: {image: x, ports: [\"\(lone.outside):5432\"]}}\n", to: "compose.yaml")
            try #require(
                try lone.scratch.shell(
                    """
                    git init -q -b main && git add . \\
                        && git -c user.name=a -c user.email=a@example.org commit -q -m first && git branch other
                    """) == .printed(""))
            for branch in ["main", "other", "main", "other"] {
                try #require(try lone.scratch.shell("git switch -q \(branch)").ending == .exited(0))
                let outcome = try lone.run("export")
                #expect(outcome.output.contains("export DB_PORT=\(lone.outside)\n"), "\(branch): \(outcome)")
                #expect(outcome.errors == "", "\(outcome)")
            }
        }
    }
#endif
