import PortrunBase
import PortrunLaunch
import Testing

/// `--listen`: the sockets that a command is handed.
@Suite(.timeLimit(.minutes(30)))
struct ListenTests {
    let project: Project

    init() throws {
        project = try Project()
        try project.scratch.write(Self.facts, to: "facts.py")
    }

    /// Tells what sd_listen_fds(3) would find, and how the sockets are.
    static let facts = """
        import fcntl, os, socket
        print("pid", os.environ.get("LISTEN_PID") == str(os.getpid()))
        print("fds", os.environ.get("LISTEN_FDS"), "names", os.environ.get("LISTEN_FDNAMES"))
        for number in range(3, 3 + int(os.environ.get("LISTEN_FDS", 0))):
            s = socket.socket(fileno=number)
            options = [s.getsockopt(socket.SOL_SOCKET, option) for option in
                (socket.SO_ACCEPTCONN, socket.SO_REUSEADDR, socket.SO_REUSEPORT, socket.SO_KEEPALIVE)]
            print(number, s.family.name, s.type.name, s.getsockname(), options,
                s.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY),
                fcntl.fcntl(number, fcntl.F_GETFD), fcntl.fcntl(number, fcntl.F_GETFL))
            s.detach()

        """

    @Test(
        .enabled(if: Program.find("systemd-socket-activate") != nil, "systemd-socket-activate is not installed"),
        arguments: LaunchMode.ofPortrun)
    func socketsAreThoseOfSystemd(_ mode: LaunchMode) throws {
        let (web, admin) = (project.outside, project.outside + 1)
        let python = try #require(Program.find("python3"))
        let reference = try project.scratch.start([
            try #require(Program.find("systemd-socket-activate")), "-l", "\(web)", "-l", "\(admin)",
            "--fdname=web:ad_min", python, "facts.py",
        ])
        // It starts its program for the first who connects.
        try Deadline.wait(for: "systemd-socket-activate") { connects(to: web) }
        let expected = try reference.finish().output
        let options = ["--listen", "web,ad:min", "--port", "\(web)", "--port", "ad:min=\(admin)"]
        let outcome = try project.run(["run"] + options + mode.options + ["--", python, "facts.py"])
        #expect(outcome == .printed(expected))
        #expect(expected.contains("fds 2 names web:ad_min\n3 AF_INET6 SOCK_STREAM ('::', \(web), 0, 0)"), "\(expected)")
    }

    @Test(.enabled(if: Program.find("gunicorn") != nil, "gunicorn is not installed"), arguments: LaunchMode.ofPortrun)
    func gunicornServesOnIt(_ mode: LaunchMode) throws {
        try project.scratch.write(
            """
            import os
            def app(environ, start):
                start("200 OK", [])
                return [("port=" + os.environ["PORT"] + "=").encode()]

            """, to: "app.py")
        let gunicorn = try #require(Program.find("gunicorn"))
        let server = try project.scratch.start(
            [Program.portrun, "run", "--listen"] + mode.options + ["--", gunicorn, "app:app"])
        try server.errors.wait(for: "Listening at: http://[::]:\(project.web) ")
        let outcome = try project.scratch.run([
            "/usr/bin/env", "python3", "-c",
            "import urllib.request as r; print(r.urlopen('http://127.0.0.1:\(project.web)/').read().decode())",
        ])
        #expect(outcome == .printed("port=\(project.web)=\n"))
        server.signal(SIGTERM)
        #expect(try server.finish().ending == .exited(0))
        #expect(!connects(to: project.web))
    }

    @Test(arguments: LaunchMode.ofPortrun)
    func nobodyElseCanTakeThePort(_ mode: LaunchMode) throws {
        // Long before the command looks at its socket.
        let program = try project.scratch.start(
            [Program.portrun, "run", "--listen"] + mode.options + [
                "--", "/bin/sh", "-c", "echo ready $PORT; read line",
            ])
        let port = Int(try program.number(after: "ready"))
        #expect(connects(to: port))
        // Another run of it has another port, and a service that is listened for its own variable.
        let other = try project.run(
            "run", "--listen", "web,api", "--", "sh", "-c", "echo $PORT $API_PORT $LISTEN_FDS $LISTEN_FDNAMES")
        #expect(other == .printed("\(port + 1) \(project.first) 2 web:api\n"))
        program.closeInput()
        _ = try program.finish()
    }

    @Test func aSecondRunOfANamedServiceHasItsVariable() throws {
        let program = try project.scratch.start(
            [Program.portrun, "run", "--listen", "api", "--", "/bin/sh", "-c", "echo ready $API_PORT; read line"])
        let port = Int(try program.number(after: "ready"))
        let second = try project.run("run", "--listen", "api", "--", "sh", "-c", "echo $API_PORT $LISTEN_FDNAMES")
        #expect(second == .printed("\(port + 1) api\n"))
        program.closeInput()
        _ = try program.finish()
    }

    @Test func whenTheCommandClosesItNobodyListens() throws {
        let program = try project.scratch.start(
            [Program.portrun, "run", "--listen", "--", "/bin/sh", "-c", "exec 3<&-; echo ready $PORT; read line"])
        let port = Int(try program.number(after: "ready"))
        // The command can be faster than portrun, which closes its own behind it.
        try Deadline.wait(for: "nobody to listen") { !connects(to: port) }
        program.closeInput()
        _ = try program.finish()
    }

    @Test(arguments: LaunchMode.ofPortrun)
    func aCommandThatCannotRunLeavesNothing(_ mode: LaunchMode) throws {
        let outcome = try project.run(["run", "--listen", "web,a,b"] + mode.options + ["--", "no-such-command"])
        #expect(outcome == .failed(127, "portrun: error: `no-such-command`: command not found\n"))
        // The registry is whole, and nobody holds the lease.
        #expect(try project.run("status", "--json").output.contains("\"idle\""))
        #expect(!connects(to: project.web))
    }

    @Test(arguments: [
        ("3</dev/null", "--listen", 3), ("4</dev/null", "--listen a,b", 4), ("5</dev/null", "--listen=a,b,c", 5),
    ])
    func aPlaceThatIsTakenIsAnError(_ redirection: String, _ option: String, _ descriptor: Int) throws {
        #expect(
            try project.scratch.shell("\"$LAUNCHER\" \(option) -- true \(redirection)")
                == .failed(
                    125,
                    """
                    portrun: error: descriptor \(descriptor) is open already, and sockets are handed over from 3 on
                    portrun: hint: close it for portrun, as a shell does with `\(descriptor)>&-`

                    """))
    }

    @Test func whatHasNoPortHasNoSocket() throws {
        #expect(
            try project.run("run", "--listen", "--", "docker", "compose", "up")
                == .failed(
                    64,
                    """
                    portrun: error: `docker compose up` has no port of its own to listen on
                    portrun: hint: name a service: `--listen api`

                    """))
        let many = (1...33).map { "s\($0)" }.joined(separator: ",")
        #expect(
            try project.run("run", "--listen", many, "--", "true")
                == .failed(64, "portrun: error: 33 sockets are more than 32\n"))
    }

    /// True when somebody listens on the port of 127.0.0.1.
    private func connects(to port: Int) -> Bool {
        let descriptor = PortProbe.openSocket(AF_INET, .tcp)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        return withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}

extension LaunchMode {
    /// The options of `run` that choose it.
    fileprivate var options: [String] { self == .replacing ? ["--exec"] : [] }
}
