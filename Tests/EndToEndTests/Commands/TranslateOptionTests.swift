#if os(Linux)
    import PortrunBase
    import PortrunLaunch
    import Testing

    /// `--translate`: literal numbers of what has moved.
    @Suite(.timeLimit(.minutes(30)))
    struct TranslateOptionTests {
        let project: Project
        /// What the compose file declares for `db`, which somebody else has booked.
        var declared: Int { project.outside }
        var booked: Int { project.first }

        init() throws {
            project = try Project()
            try project.scratch.write(
                "services:\n  db: {image: x, ports: ['\(project.outside):5432']}\n", to: "compose.yaml")
            try project.scratch.write(Self.client, to: "client.py")
            let other = try project.run("book", "db", "--context", "other", "--port", "\(project.outside)")
            try #require(other.ending == .exited(0))
        }

        /// Prints where it has come out, or why not. With a second word it listens on the port before.
        private static let client = """
            import socket, sys
            if len(sys.argv) > 2:
                listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
            try:
                with socket.create_connection(("localhost", int(sys.argv[1]))) as client:
                    print(client.getpeername()[1])
            except OSError as error:
                print(error.strerror)
            """

        private func run(_ words: [String], inside prefix: [String] = []) throws -> Outcome {
            try project.scratch.run(prefix + [Program.portrun] + words)
        }

        private var connect: [String] { ["--", "python3", "client.py", "\(declared)"] }
        /// To a server of its own, which has the declared port in its source.
        private var meet: [String] { connect + ["listen"] }

        /// Somebody else is on the declared port.
        private func withStranger(_ body: () throws -> Void) throws {
            let server = try Server(on: "127.0.0.1", port: declared, in: project.scratch)
            try body()
            try server.close()
        }

        @Test(arguments: [[], ["--exec"], ["--translate", "on"], ["--translate", "on", "--exec"]])
        func aNumberInTheSourceLeadsToWhatIsBooked(_ options: [String]) throws {
            try withStranger { () throws in
                #expect(try run(["run", "-q"] + options + meet) == .printed("\(booked)\n"))
                #expect(
                    try run(["run", "-q"] + options + ["--translate", "off"] + connect) == .printed("\(declared)\n"))
            }
        }

        @Test(arguments: [false, true])
        func machineAndProjectCanSwitchItOff(_ isOfProject: Bool) throws {
            if isOfProject {
                try project.scratch.write(
                    "x-portrun: {translate: off}\nservices:\n  db: {image: x, ports: ['\(declared):5432']}\n",
                    to: "compose.yaml")
            } else {
                #expect(
                    try run(["config", "--translate", "off"]).errors
                        == "portrun: commands keep the localhost of the machine, whatever has moved\n")
            }
            let reason = isOfProject ? "compose.yaml:1 says so" : "`portrun config --translate off`"
            try withStranger { () throws in
                #expect(try run(["run", "-q"] + connect) == .printed("\(declared)\n"))
                #expect(try run(["run", "-q", "--translate", "on"] + meet) == .printed("\(booked)\n"))
                #expect(
                    try run(["explain", "-q"] + connect).output.contains(
                        "\nlocalhost is not translated: \(reason)\n"))
                #expect(try run(["run", "-q", "--", "true"]) == .printed(""))
                #expect(
                    try run(["status"]).errors.contains("portrun: localhost is not translated: \(reason)\n"))
            }
            guard !isOfProject else { return }
            try #require(try run(["config", "--translate", "auto"]).ending == .exited(0))
            try withStranger { () throws in #expect(try run(["run", "-q"] + meet) == .printed("\(booked)\n")) }
        }

        @Test func statusSaysWhatIsTranslated() throws {
            #expect(try run(["run", "-q", "--", "true"]) == .printed(""))
            #expect(
                try run(["status"]).errors
                    == "portrun: localhost:\(declared) → \(booked) (db), by translation\n")
        }

        /// Whatever has moved leads there, whichever launch has booked it.
        @Test func aLaunchInAnotherFolderFollowsToo() throws {
            try #require(try project.scratch.shell("git init -q .") == .printed(""))
            #expect(try run(["run", "-q", "--", "true"]) == .printed(""))
            try project.scratch.write(Self.client, to: "deep/client.py")
            let outcome = try run(["run", "-q", "-C", "deep"] + meet)
            #expect(outcome == .printed("\(booked)\n"))
        }

        /// A test run reads another file than development, and a real variable would hide that.
        @Test func aValueThatAnotherEnvFileHasIsLeftToIt() throws {
            try project.scratch.write(
                """
                DATABASE_URL=postgres://localhost:\(declared)/app
                DB_PORT_OF_APP_PORT=\(declared)
                ONLY_PORT=\(declared)
                VITE_API=http://localhost:\(declared)
                """, to: ".env")
            try project.scratch.write("DB_PORT_OF_APP_PORT=1\nVITE_API=http://localhost:1\n", to: ".env.test")
            let script = "echo ${DATABASE_URL-unset} ${DB_PORT_OF_APP_PORT-unset} $ONLY_PORT $VITE_API"
            #expect(
                try run(["run", "-q", "--", "/bin/sh", "-c", script])
                    == .printed("unset unset \(booked) http://localhost:\(booked)\n"))
            let all = "postgres://localhost:\(booked)/app unset \(booked) http://localhost:\(booked)\n"
            #expect(try run(["run", "-q", "--translate", "off", "--", "/bin/sh", "-c", script]) == .printed(all))
            // So it is where there can be none.
            for options in [[], ["--exec"]] {
                #expect(
                    try run(
                        ["run", "-q"] + options + ["--", "/bin/sh", "-c", script],
                        inside: [Program.translated, "7=9", "--"])
                        == .printed(all))
            }
        }

        /// A worker compares the port that it got with the one that it asked for.
        @Test(
            .enabled(if: Program.find("node") != nil, "node is not installed"), arguments: ["SCHED_RR", "SCHED_NONE"])
        func aClusterOfNodeListens(_ policy: String) throws {
            try project.scratch.write(
                """
                const cluster = require('cluster');
                cluster.schedulingPolicy = cluster.\(policy);
                if (cluster.isMaster) {
                  cluster.fork().on('exit', (code) => process.exit(code));
                } else {
                  const server = require('http').createServer((request, response) => response.end('hello'));
                  server.on('error', (error) => { console.log(error.code); process.exit(1); });
                  server.listen(\(declared), '127.0.0.1', () => {
                    console.log(server.address().port);
                    require('http').get('http://127.0.0.1:\(declared)/', (answer) => {
                      answer.on('data', (text) => { console.log(String(text)); process.exit(0); });
                    });
                  });
                }
                """, to: "cluster.js")
            try withStranger { () throws in
                #expect(try run(["run", "-q", "--", "node", "cluster.js"]) == .printed("\(booked)\nhello\n"))
            }
        }

        @Test func silenceIsToldOfWithTheService() throws {
            let server = try Server(on: "127.0.0.1", port: declared, in: project.scratch)
            let outcome = try run(["run"] + connect)
            #expect(outcome.output == "Connection refused\n")
            #expect(
                outcome.errors.split(separator: "\n").last
                    == "portrun: warning: \(declared) went to \(booked) (`db`), where nobody listens")
            try server.close()
        }

        @Test func theLeaseIsOnTheCommand() throws {
            let program = try project.scratch.start(
                [Program.portrun, "run", "-q", "--translate", "on", "--", "/bin/sh", "-c", "echo ready $$; read line"])
            let command = try program.number(after: "ready")
            let holders = Set(try Lease.all(in: project.scratch).map(\.pid))
            #expect(holders == [command])
            program.closeInput()
            _ = try program.finish()
            #expect(try Lease.all(in: project.scratch).isEmpty)
        }

        @Test func aLaunchInsideALaunchIsSilent() throws {
            try withStranger { () throws in
                let inner = [Program.portrun, "run", "-q"]
                #expect(try run(["run", "-q", "--"] + inner + meet) == .printed("\(booked)\n"))
                let outcome = try run(["run", "-q", "--", Program.portrun, "run"] + meet)
                #expect(outcome.output == "\(booked)\n")
                #expect(!outcome.errors.contains("localhost"))
            }
        }

        @Test func aPortrunInsideSeesTheMachineAsItIs() throws {
            let server = try Server(on: "127.0.0.1", port: declared, in: project.scratch)
            let outcome = try run(["run", "-q", "--", Program.portrun, "check", "\(declared)"])
            #expect(outcome.output.contains("\(server.pid)"), "\(outcome)")
            try server.close()
        }

        @Test func whereItCannotBeDoneTheCommandRunsWithoutItOrNotAtAll() throws {
            let outer = [Program.translated, "7=9", "--"]
            let message = "localhost is translated by a portrun outside, or a sandbox, already"
            try withStranger { () throws in
                let outcome = try run(["run"] + connect, inside: outer)
                #expect(outcome.output == "\(declared)\n")
                // The outer one has to say something of portrun's own look at the port.
                #expect(outcome.errors.contains("portrun: warning: \(message)\n"))
                for options in [[], ["--exec"]] {
                    #expect(
                        try run(["run", "-q", "--translate", "on"] + options + connect, inside: outer)
                            == .failed(125, "portrun: error: \(message)\n"))
                }
            }
            #expect(try Lease.all(in: project.scratch).isEmpty)
        }
    }
#endif
