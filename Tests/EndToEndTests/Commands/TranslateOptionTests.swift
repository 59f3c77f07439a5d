#if os(Linux)
    import PortrunBase
    import PortrunLaunch
    import Testing

    /// `--translate`: literal numbers of what has moved.
    @Suite(.timeLimit(.minutes(10)))
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

        /// Prints where it has come out, or why not.
        private static let client = """
            import socket, sys
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

        /// One on the declared port, and one on the booked one.
        private func withServers(_ body: () throws -> Void) throws {
            let servers = [
                try Server(on: "127.0.0.1", port: declared, in: project.scratch),
                try Server(on: "127.0.0.1", port: booked, in: project.scratch),
            ]
            try body()
            for server in servers { try server.close() }
        }

        @Test func aNumberInTheSourceLeadsToWhatIsBooked() throws {
            try withServers { () throws in
                #expect(try run(["run", "-q"] + connect) == .printed("\(booked)\n"))
                #expect(try run(["run", "-q", "--exec"] + connect) == .printed("\(booked)\n"))
                #expect(try run(["run", "-q", "--translate", "on"] + connect) == .printed("\(booked)\n"))
                #expect(try run(["run", "-q", "--translate", "off"] + connect) == .printed("\(declared)\n"))
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
            try withServers { () throws in
                let inner = [Program.portrun, "run", "-q"]
                #expect(try run(["run", "-q", "--"] + inner + connect) == .printed("\(booked)\n"))
                let outcome = try run(["run", "-q", "--", Program.portrun, "run"] + connect)
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
            try withServers { () throws in
                let outcome = try run(["run"] + connect, inside: outer)
                #expect(outcome.output == "\(declared)\n")
                #expect(outcome.errors.split(separator: "\n").last == "portrun: warning: \(message)")
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
