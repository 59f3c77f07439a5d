import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// What connections of all sorts do to a daemon, and it with them (RFC 9112).
@Suite(.timeLimit(.minutes(30)))
struct ConnectionTests {
    let daemon: TestDaemon

    init() throws { daemon = try TestDaemon() }

    /// A request to the door, as it is written, with `HOST` for the door's own name.
    private func raw(_ text: String) throws -> HTTPConnection {
        let connection = try HTTPConnection(daemon.address)
        connection.send(text.replacing("HOST", with: daemon.address.description))
        return connection
    }

    /// Each is answered once, with a reason, and the connection ends.
    @Test(arguments: [
        ("GET /healthz HTTP/1.1\r\n\r\n", 400, "argument"),
        ("GET http://evil.example/healthz HTTP/1.1\r\nHost: HOST\r\n\r\n", 403, "host"),
        ("GET ftp://HOST/healthz HTTP/1.1\r\nHost: HOST\r\n\r\n", 400, "argument"),
        ("POST /api/v1/gc HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501, "coding"),
        ("POST /api/v1/gc HTTP/1.0\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, "argument"),
        ("POST /api/v1/gc HTTP/1.1\r\nHost: HOST\r\nContent-Length: 9223372036854775808\r\n\r\n{}", 400, "argument"),
        ("FOO BAR BAZ\r\n\r\n", 400, "argument"),
        (
            "GET /healthz HTTP/1.1\r\nHost: HOST\r\nX: " + String(repeating: "a", count: 50000) + "\r\n\r\n", 431,
            "fields"
        ),
        ("GET /" + String(repeating: "a", count: 50000) + " HTTP/1.1\r\nHost: HOST\r\n\r\n", 431, "fields"),
        (
            "POST /api/v1/gc HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\nnonsense\r\n\r\n", 400, "argument"
        ),
    ])
    func saysWhatCannotBeRead(_ text: String, status: Int, kind: String) throws {
        let connection = try raw(text)
        let reply = try connection.reply()
        #expect(reply.status == status, "\(reply)")
        #expect(reply.json["type"]?.string == "urn:portrun:problem:\(kind)", "\(reply)")
        #expect(reply.fields["content-type"] == "application/problem+json")
        #expect(reply.fields["connection"] == "close")
        try connection.waitForEnd()
    }

    /// What came before is answered first.
    @Test func answersWhatCameBefore() throws {
        let connection = try raw("GET /healthz HTTP/1.1\r\nHost: HOST\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n")
        #expect(try connection.reply().status == 200)
        #expect(try connection.reply().status == 400)
        try connection.waitForEnd()
    }

    @Test func takesItsOwnNameInTheTarget() throws {
        #expect(try raw("GET http://HOST/healthz HTTP/1.1\r\nHost: HOST\r\n\r\n").reply().status == 200)
    }

    @Test func asksForABodyThatIsHeldBack() throws {
        let connection = try raw(
            "POST /api/v1/gc HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\n"
                + "Content-Length: 16\r\nExpect: 100-continue\r\n\r\n")
        #expect(try connection.read(through: "\r\n\r\n").hasPrefix("HTTP/1.1 100 "))
        connection.send("{\"dry_run\":true}")
        #expect(try connection.reply().status == 200)
    }

    /// One that is too long need not come at all.
    @Test func asksForNoBodyThatIsTooLong() throws {
        let connection = try raw(
            "POST /api/v1/gc HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\n"
                + "Content-Length: 70000\r\nExpect: 100-continue\r\n\r\n")
        #expect(try connection.reply().status == 413)
        try connection.waitForEnd()
    }

    @Test(arguments: [
        "GET /healthz HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
        "GET /healthz HTTP/1.0\r\nHost: HOST\r\n\r\n",
    ])
    func closesAsItIsTold(_ text: String) throws {
        let connection = try raw(text)
        let reply = try connection.reply()
        #expect(reply.status == 200 && reply.fields["connection"] == "close")
        try connection.waitForEnd()
    }

    @Test func anOldClientGetsNoChunks() throws {
        let connection = try raw("GET /api/v1/events HTTP/1.0\r\nHost: HOST\r\n\r\n")
        let head = try connection.read(through: "\r\n\r\n")
        #expect(!head.lowercased().contains("transfer-encoding"))
        #expect(try connection.read(through: "\n\n") == ": portrun\n\n")
    }

    /// Two names that are broken in two ways are not to become one.
    @Test func halfOfAPairIsNoText() throws {
        let connection = try HTTPConnection(path: daemon.socket)
        let reply = try connection.ask(
            "POST", "/api/v1/bookings", ["Content-Type": "application/json"],
            body: #"{"context":"a\ud800","services":["web"]}"#)
        #expect(reply.status == 400)
    }

    /// A crowd that comes at once waits, and is not turned away.
    @Test func aCrowdWaits() throws {
        daemon.program.signal(SIGSTOP)
        defer { daemon.program.signal(SIGCONT) }
        let crowd = try daemon.project.scratch.run([
            "/usr/bin/env", "python3", "-c",
            """
            import socket, sys
            crowd = [socket.socket(socket.AF_UNIX) for _ in range(400)]
            for client in crowd:
                client.setblocking(False)
                client.connect(sys.argv[1])
            print("all")
            """, daemon.socket,
        ])
        #expect(crowd.output == "all\n", "\(crowd)")
    }

    /// A terminal that goes ends it as gracefully as anybody else who asks for it.
    @Test func endsGracefullyWithItsTerminal() throws {
        daemon.program.signal(SIGHUP)
        #expect(try daemon.program.finish() == Outcome(ending: .exited(0), output: "", errors: ""))
        #expect(access(daemon.socket, F_OK) != 0)
    }
}
