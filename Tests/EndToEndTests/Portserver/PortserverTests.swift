import PortrunBase
import PortrunLaunch
import Testing

/// `portrun portserver`, and `run --portserver`.
@Suite(.timeLimit(.minutes(30)))
struct PortserverTests {
    let project: Project
    /// Ports of this test's own.
    var pool: String { "\(project.outside)-\(project.outside + 2)" }

    init() throws { project = try Project() }

    @Test func givesEachProcessPortsUntilItEnds() throws {
        let session = try PortserverSession(in: project, pool: pool)
        let client = try project.scratch.start(["/bin/cat"])
        let first = project.outside
        #expect(try session.answer(to: "\(client.pid)\n") == "\(first)\n")
        #expect(try session.answer(to: "\(client.pid)") == "\(first + 1)\n")
        // Nobody else gets it meanwhile.
        let refused = try project.run("book", "db", "--port", "\(first)")
        #expect(refused.errors.contains("booked by machine portserver-\(first)\n"))
        #expect(try project.run("list").output.contains("portserver-\(first)\t\(first)\t"))
        #expect(try session.answer(to: "\(client.pid)\n") == "\(first + 2)\n")
        #expect(try session.answer(to: "\(client.pid)\n") == nil)
        client.closeInput()
        #expect(try client.finish() == .printed(""))
        #expect(try session.answer(to: "\(getpid())\n") == "\(first)\n")
    }

    /// Nobody has to ask for a port to see it free again.
    @Test func aPortIsFreeWhenItsProcessHasEnded() throws {
        let session = try PortserverSession(in: project, pool: pool)
        let client = try project.scratch.start(["/bin/cat"])
        let other = try project.scratch.start(["/bin/cat"])
        #expect(try session.answer(to: "\(client.pid)\n") == "\(project.outside)\n")
        #expect(try session.answer(to: "\(other.pid)\n") == "\(project.outside + 1)\n")
        client.closeInput()
        #expect(try client.finish() == .printed(""))
        try Deadline.wait(for: "the port to be free") {
            try !project.run("list").output.contains("portserver-\(project.outside)\t")
        }
        #expect(try project.run("list").output.contains("portserver-\(project.outside + 1)\t"))
        other.closeInput()
        _ = try other.finish()
        try Deadline.wait(for: "both to be free") { try project.run("list").output.isEmpty }
        #expect(try project.run("book", "db", "--port", "\(project.outside)").ending == .exited(0))
    }

    /// The numbers of processes that cannot hold a port, and what is no number.
    @Test func deniesWhatItCannotGive() throws {
        let session = try PortserverSession(in: project, pool: pool)
        let ended = try project.scratch.start(["/bin/true"])
        _ = try ended.finish()
        for request in ["\(ended.pid)\n", "0\n", "1\n", "-5\n", "99999999999\n", "a\n", "\n", "12 13\n"] {
            #expect(try session.answer(to: request) == nil, "\(request)")
        }
        session.program.signal(SIGUSR1)
        try session.program.errors.wait(for: "portrun: total-allocations 0\n")
        #expect(session.program.errors.text.contains("client-request-errors 3\n"))
        #expect(session.program.errors.text.contains("denied-allocations 5\nportrun: num-ports-managed 3\n"))
        #expect(try project.run("list") == .printed(""))
        session.program.signal(SIGINT)
        #expect(try session.program.finish().ending == .exited(0))
    }

    @Test func aSilentClientKeepsNobodyWaiting() throws {
        let session = try PortserverSession(in: project, pool: pool)
        let silent = try (0..<50).map { _ in try session.connect() }
        defer { silent.forEach { close($0) } }
        #expect(try session.answer(to: "\(getpid())\n") == "\(project.outside)\n")
    }

    @Test func aPathIsForItsUserAlone() throws {
        let session = try PortserverSession(in: project, pool: pool)
        let path = try #require(session.address.path)
        var status = stat()
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
        // A second server says so, and one that was killed leaves nothing in the way.
        let words = ["portserver", "--address", path]
        #expect(
            try project.run(words)
                == .failed(
                    125,
                    """
                    portrun: error: something listens on `\(path)`, or stands there, already
                    portrun: hint: end the other server, or choose another address

                    """))
        session.program.signal(SIGKILL)
        _ = try session.program.finish()
        let next = try PortserverSession(in: project, pool: pool)
        #expect(try next.answer(to: "\(getpid())\n") == "\(project.outside)\n")
        next.program.signal(SIGTERM)
        _ = try next.program.finish()
        #expect(stat(path, &status) == -1)
    }

    @Test func aFileIsNoSocketThatWasLeftBehind() throws {
        try project.scratch.write("mine\n", to: "file")
        #expect(try project.run("portserver", "--address", "file").ending == .exited(125))
        #expect(try project.scratch.shell("cat file") == .printed("mine\n"))
    }

    #if os(Linux)
        /// An abstract address is open to all users of the machine.
        @Test(.enabled(if: OtherUser.asNobody != nil, "needs root"))
        func deniesOtherUsers() throws {
            let session = try PortserverSession(in: project, at: "@portrun-test-\(getpid())-\(project.web)", pool: pool)
            let client = """
                import os, socket, sys
                s = socket.socket(socket.AF_UNIX)
                s.connect("\\0" + sys.argv[1])
                s.sendall(sys.argv[2].encode())
                print(s.recv(64))
                """
            // Not this user's own, which another one may not run.
            let words = [
                "/usr/bin/env", "python3", "-c", client, String(session.address.text.dropFirst()), "\(getpid())",
            ]
            let nobody = try #require(OtherUser.asNobody)
            let denied = try project.scratch.run(nobody + words)
            #expect(denied == .printed("b''\n"))
            #expect(try project.scratch.run(words) == .printed("b'\(project.outside)\\n'\n"))
        }
    #endif

    @Test func saysWhatIsNoPool() throws {
        let outcome = try project.run("portserver", "--pool", "9-7,x", "--address", "ports")
        #expect(outcome.ending == .exited(1))
        #expect(
            outcome.errors == """
                portrun: warning: `9-7` is no range of ports, and is passed over
                portrun: warning: `x` is no range of ports, and is passed over
                portrun: error: no ports to give
                portrun: hint: name ranges within 1-65535: `--pool 15000-24999`

                """)
    }

    @Test func aCommandHasOneOfItsOwn() throws {
        let client = """
            import os, socket
            address = os.environ["PORTSERVER_ADDRESS"].replace("@", "\\0", 1)
            s = socket.socket(socket.AF_UNIX)
            s.connect(address)
            s.sendall(b"%d\\n" % os.getpid())
            port = int(s.recv(64))
            print(15000 <= port <= 24999, flush=True)
            input()
            """
        try project.scratch.write(client, to: "client.py")
        let python = try #require(Program.find("python3"))
        let program = try project.scratch.start([
            Program.portrun, "run", "--portserver", "--", "/bin/sh", "-c",
            "echo $PORTSERVER_ADDRESS; exec \(python) client.py",
        ])
        try program.wait(for: "True\n")
        let address = try #require(program.output.text.split(separator: "\n").first).description
        #expect(try project.run("list").output.contains("portserver-"))
        program.write("\n")
        #expect(try program.finish().ending == .exited(0))
        // It ends with the launch, and what the command's processes had is free.
        try Deadline.wait(for: "the ports to be free") {
            try !project.run("list").output.contains("portserver-")
        }
        try Deadline.wait(for: "the server's end") {
            LocalSocketAddress(address).withSocketAddress { address, size in
                let descriptor = socket(AF_UNIX, PortserverSession.streamType, 0)
                defer { close(descriptor) }
                return connect(descriptor, address, size) != 0
            } ?? true
        }
    }

    @Test func aCommandInPortrunsPlaceHasNone() throws {
        #expect(
            try project.run("run", "--portserver", "--exec", "--", "true")
                == .failed(
                    64,
                    """
                    portrun: error: `--portserver` needs portrun beside the command, and `--exec` replaces it
                    portrun: hint: leave one of the two out

                    """))
    }
}
