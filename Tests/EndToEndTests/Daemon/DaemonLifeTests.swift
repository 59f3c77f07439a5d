import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// One daemon for a registry, from its start to its end.
@Suite(.timeLimit(.minutes(30)))
struct DaemonLifeTests {
    let project: Project

    init() throws { project = try Project() }

    @Test func isOneForEachRegistry() throws {
        let daemon = try TestDaemon(in: project)
        let second = try project.scratch.run([Program.portrund])
        #expect(second.ending == .exited(1))
        #expect(second.errors.hasPrefix("portrund: error: another portrund serves `\(daemon.socket)`\n"))
        #expect(try daemon.ask("GET", "/healthz").body == "{\"status\":\"ok\"}\n")
        try daemon.stop()
        #expect(access(daemon.socket, F_OK) != 0)
        // The lock has gone with it.
        try TestDaemon(in: project).stop()
    }

    @Test func replacesTheSocketOfOneThatWasKilled() throws {
        let killed = try TestDaemon(in: project)
        killed.program.signal(SIGKILL)
        _ = try killed.program.finish()
        #expect(access(killed.socket, F_OK) == 0)
        let daemon = try TestDaemon(in: project)
        #expect(try daemon.ask("GET", "/healthz").status == 200)
        try daemon.stop()
    }

    @Test func nobodyElseMayOpenTheSocket() throws {
        let daemon = try TestDaemon(in: project)
        var status = stat()
        #expect(stat(daemon.socket, &status) == 0)
        #expect(status.st_mode & 0o7777 == 0o600 && status.st_mode & S_IFMT == S_IFSOCK)
    }

    /// `portrund` listens on nothing but its socket unless a door is asked for.
    @Test func opensNoPortUnasked() throws {
        let program = try project.scratch.start([Program.portrund])
        let socket = Path.absolute("../portrund.sock", in: project.scratch.registry)
        try Deadline.wait(for: "the daemon") { (try? HTTPConnection(path: socket)) != nil }
        let doors = try HTTPConnection(path: socket).ask("GET", "/api/v1/daemon").json["doors"]?.elements ?? []
        #expect(doors.compactMap { $0["address"]?.string } == [socket])
        let ports = BoundSocket.all(.tcp).map { ListeningProcess.holders(of: $0).compactMap { $0?.pid } }
        #expect(ports?.contains(program.pid) == false)
        program.signal(SIGTERM)
        #expect(try program.finish().ending == .exited(0))
    }

    /// A connection that is kept open, and one on which half a request has come, do not hold it up for long.
    @Test(arguments: [
        "", "GET /healthz HTTP/1.1\r\nHost: loc", "POST /api/v1/gc HTTP/1.1\r\nContent-Length: 9\r\n\r\n{",
    ])
    func endsInSpiteOfOpenConnections(_ begun: String) throws {
        let daemon = try TestDaemon(in: project)
        let connection = try HTTPConnection(daemon.address)
        #expect(try connection.ask("GET", "/healthz", host: daemon.address.description).status == 200)
        connection.send(begun)
        let start = ContinuousClock.now
        daemon.program.signal(SIGTERM)
        #expect(try daemon.program.finish() == Outcome(ending: .exited(0), output: "", errors: ""))
        #expect(ContinuousClock.now - start < .seconds(30))
    }

    /// Another writer keeps the registry for itself: who asks for something else is answered meanwhile.
    @Test func nobodyWaitsForTheRegistryWhoDoesNotNeedIt() throws {
        let daemon = try TestDaemon(in: project)
        let writer = try otherWriter()
        let waiting = try (0..<8).map { _ in try booking(from: daemon) }
        let start = ContinuousClock.now
        for _ in 0..<100 { #expect(try daemon.ask("GET", "/healthz").status == 200) }
        #expect(ContinuousClock.now - start < .seconds(4))
        writer.closeInput()
        for connection in waiting { #expect(try connection.reply().status == 200) }
    }

    /// Nor does who only looks.
    @Test(arguments: ["/api/v1/bookings", "/api/v1/bookings?service=web", "/api/v1/contexts"])
    func whoLooksDoesNotWaitForAWriter(_ path: String) throws {
        let daemon = try TestDaemon(in: project)
        let writer = try otherWriter()
        let waiting = try booking(from: daemon)
        let start = ContinuousClock.now
        for _ in 0..<20 { #expect(try daemon.ask("GET", path).body == "[]\n") }
        #expect(ContinuousClock.now - start < .seconds(4))
        writer.closeInput()
        #expect(try waiting.reply().status == 200)
        #expect(try daemon.ask("GET", path).body != "[]\n")
    }

    /// Likewise at the doors of other tools' clients.
    @Test func nobodyWhoLooksThroughAnotherDoorWaits() throws {
        let daemon = try TestDaemon(
            in: project, ["--door", "port-registry=127.0.0.1:0", "--door", "portmanager=127.0.0.1:0"])
        let (registry, manager) = (try daemon.address(of: "port-registry"), try daemon.address(of: "portmanager"))
        let writer = try otherWriter()
        let waiting = try booking(from: daemon)
        let start = ContinuousClock.now
        for (address, path) in [
            (registry, "/healthz"), (registry, "/v1/allocations"), (registry, "/v1/ports/3000"), (manager, "/list"),
            (manager, "/lookup?service=web"),
        ] {
            let reply = try HTTPConnection(address).ask("GET", path, host: address.description)
            #expect(reply.status == 200, "\(path): \(reply)")
        }
        #expect(ContinuousClock.now - start < .seconds(4))
        writer.closeInput()
        #expect(try waiting.reply().status == 200)
    }

    /// A program that keeps the registry for itself until its input ends.
    private func otherWriter() throws -> RunningProgram {
        let script = """
            import sqlite3, sys
            database = sqlite3.connect(sys.argv[1], isolation_level=None)
            database.execute("BEGIN IMMEDIATE")
            print("locked", flush=True)
            sys.stdin.readline()
            database.execute("COMMIT")
            """
        let writer = try project.scratch.start(["/usr/bin/python3", "-c", script, project.scratch.registry])
        try writer.wait(for: "locked\n")
        return writer
    }

    /// A connection on which a daemon has been asked for a port.
    private func booking(from daemon: TestDaemon) throws -> HTTPConnection {
        let connection = try HTTPConnection(path: daemon.socket)
        let body = #"{"checkout":"\#(project.scratch.project)","services":["web"]}"#
        connection.send(
            "POST /api/v1/bookings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        return connection
    }

    @Test(arguments: [
        (["--nonsense"], "unknown argument `--nonsense`"), (["--door"], "`--door` needs a value"),
        (["--door", "nowhere"], "there is no door `nowhere`"),
        (["--door", "api=0.0.0.0:7000"], "`0.0.0.0:7000` is no address that only this machine can reach"),
        (["--door=api=192.168.1.1:7000"], "`192.168.1.1:7000` is no address that only this machine can reach"),
        (["--door", "api=127.0.0.1:99999"], "`99999` is no port from 1 to 65535"),
        (["--door", "api=[::1]:http"], "`http` is no port from 1 to 65535"),
    ])
    func refusesWhatItCannotDo(_ words: [String], _ message: String) throws {
        let outcome = try project.scratch.run([Program.portrund] + words)
        #expect(outcome.ending == .exited(64))
        #expect(outcome.errors.hasPrefix("portrund: error: \(message)\n"))
    }

    @Test func saysWhoHasTheAddress() throws {
        let server = try Server(on: "127.0.0.1", in: project.scratch)
        let outcome = try project.scratch.run([Program.portrund, "--door", "api=127.0.0.1:\(server.port)"])
        #expect(outcome.ending == .exited(125))
        #expect(
            outcome.errors == """
                portrund: error: cannot listen on `127.0.0.1:\(server.port)`: Address already in use
                portrund: hint: `portrun check \(server.port)` tells who has it

                """)
    }

    @Test(.enabled(if: Program.find("systemd-socket-activate") != nil, "no systemd-socket-activate"))
    func takesSocketsOfAServiceManager() throws {
        let socket = project.scratch.path + "/given.sock"
        let manager = try project.scratch.start([
            "/usr/bin/env", "systemd-socket-activate", "-E", "HOME", "-E", "PORTRUN_REGISTRY", "-l", socket,
            Program.portrund,
        ])
        // Its file is there before anybody can connect.
        try manager.errors.wait(for: "Listening on", errors: manager.output)
        // The first client starts it, and is answered.
        let reply = try HTTPConnection(path: socket).ask("GET", "/api/v1/daemon")
        #expect(reply.json["pid"]?.integer.map(Int32.init) == manager.pid)
        #expect(reply.json["doors"]?.elements?.map { $0["address"]?.string } == [socket])
        manager.signal(SIGTERM)
        #expect(try manager.finish().ending == .exited(0))
        // Whoever made it takes it away.
        #expect(access(socket, F_OK) == 0)
    }

    @Test(.enabled(if: Program.find("systemd-socket-activate") != nil, "no systemd-socket-activate"))
    func refusesASocketThatOthersReach() throws {
        let manager = try project.scratch.start([
            "/usr/bin/env", "systemd-socket-activate", "-E", "HOME", "-E", "PORTRUN_REGISTRY", "-l",
            "0.0.0.0:\(project.outside)", Program.portrund,
        ])
        try manager.errors.wait(for: "Listening on", errors: manager.output)
        let client = try HTTPConnection(LoopbackAddress(port: UInt16(project.outside)))
        let outcome = try manager.finish()
        #expect(outcome.ending == .exited(125))
        #expect(outcome.errors.contains("portrund: error: descriptor 3 does not listen on this machine alone\n"))
        _ = client
    }
}
