import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// Attacks on the door from within the machine.
@Suite(.timeLimit(.minutes(30)))
struct DoorGateTests {
    let daemon: TestDaemon

    init() throws { daemon = try TestDaemon() }

    private func kind(of reply: HTTPConnection.Reply) -> String? {
        reply.json["type"]?.string?.rest(after: "urn:portrun:problem:")
    }

    @Test(arguments: ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
    func hasItsOwnNames(_ host: String) throws {
        #expect(try daemon.askDoor(host: "\(host):\(daemon.address.port)").status == 200)
    }

    /// A page whose name leads here says no more of itself than its own name.
    @Test(arguments: [
        "evil.example", "evil.example:PORT", "localhost.evil.example:PORT", "127.0.0.1", "localhost", "localhost:1",
        "127.0.0.2:PORT", "0.0.0.0:PORT", "", "localhost:PORT, evil.example", "app.localhost:PORT", "localhost:PORT/",
    ])
    func hasNoOtherNames(_ host: String) throws {
        let host = host.replacing("PORT", with: "\(daemon.address.port)")
        let reply = try daemon.askDoor(host: host, ["Origin": "http://\(host)"])
        #expect(reply.status == 403 && kind(of: reply) == "host")
        #expect(reply.fields["content-type"] == "application/problem+json")
    }

    @Test func takesNoSecondHost() throws {
        let connection = try HTTPConnection(daemon.address)
        connection.send("GET /healthz HTTP/1.1\r\nHost: \(daemon.address)\r\nHost: evil.example\r\n\r\n")
        #expect(try connection.reply().status == 400)
    }

    @Test func takesNoHostFromTheRequestLine() throws {
        let connection = try HTTPConnection(daemon.address)
        connection.send("GET http://\(daemon.address)/healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n")
        #expect(try connection.reply().status == 403)
    }

    @Test(arguments: ["same-site", "cross-site", "nonsense", "same-origin, cross-site"])
    func pagesOfOthersAreRefused(_ site: String) throws {
        for method in ["GET", "HEAD", "POST", "DELETE"] {
            let reply = try daemon.askDoor(
                method, "/healthz", ["Sec-Fetch-Site": site, "Content-Type": "application/json"])
            #expect(reply.status == 403)
            if method != "HEAD" { #expect(kind(of: reply) == "site") }
        }
    }

    @Test(arguments: ["same-origin", "none"])
    func itsOwnPagesAreNot(_ site: String) throws {
        #expect(try daemon.askDoor("GET", "/healthz", ["Sec-Fetch-Site": site]).status == 200)
    }

    @Test(arguments: ["http://evil.example", "null", "https://localhost:PORT", "http://localhost:1"])
    func originsOfOthersAreRefused(_ origin: String) throws {
        let origin = origin.replacing("PORT", with: "\(daemon.address.port)")
        let reply = try daemon.askDoor("GET", "/healthz", ["Origin": origin])
        #expect(reply.status == 403 && kind(of: reply) == "site")
    }

    /// What a form of another site can send without asking first.
    @Test(arguments: [
        "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "", "text/json",
        "text/plain; application/json", "application/jsonp",
    ])
    func writesAreToBeJSON(_ type: String) throws {
        let reply = try daemon.askDoor(
            "POST", "/api/v1/gc", type.isEmpty ? [:] : ["Content-Type": type], body: "{\"dry_run\":true}")
        #expect(reply.status == 415 && kind(of: reply) == "type")
    }

    @Test(arguments: ["application/json", "application/json; charset=utf-8", "Application/JSON"])
    func writesOfJSONAreDone(_ type: String) throws {
        let reply = try daemon.askDoor("POST", "/api/v1/gc", ["Content-Type": type], body: "{\"dry_run\":true}")
        #expect(reply.status == 200)
    }

    /// No answer, to nobody, allows a page of another site to read it.
    @Test func nothingIsSharedWithOtherSites() throws {
        for method in ["GET", "OPTIONS"] {
            for site in ["same-origin", "cross-site"] {
                let reply = try daemon.askDoor(
                    method, "/api/v1/bookings",
                    ["Sec-Fetch-Site": site, "Access-Control-Request-Method": "GET"])
                #expect(!reply.fields.keys.contains { $0.hasPrefix("access-control") })
                #expect(reply.fields["cross-origin-resource-policy"] == "same-origin")
                #expect(reply.fields["x-content-type-options"] == "nosniff")
            }
        }
    }

    #if os(Linux)
        /// Another user of the machine gets neither through the door nor through the socket.
        @Test(.enabled(if: OtherUser.asNobody != nil, "not root"))
        func otherUsersAreRefused() throws {
            let prefix = try #require(OtherUser.asNobody)
            let script = """
                import http.client, sys
                connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
                connection.request("GET", "/api/v1/bookings")
                answer = connection.getresponse()
                print(answer.status, answer.read().decode())
                """
            let words = ["/usr/bin/python3", "-c", script, "\(daemon.address.port)"]
            let other = try daemon.project.scratch.run(prefix + words)
            #expect(other.output.hasPrefix("403 {\"type\":\"urn:portrun:problem:user\""), "\(other)")
            #expect(try daemon.project.scratch.run(words).output == "200 []\n\n")
        }

        /// The mode of the socket keeps others away; what it would let in, its peer's user does not.
        @Test(.enabled(if: OtherUser.asNobody != nil, "not root"))
        func otherUsersAreRefusedOnAnOpenSocket() throws {
            let prefix = try #require(OtherUser.asNobody)
            let script = """
                import socket, sys
                client = socket.socket(socket.AF_UNIX)
                try:
                    client.connect(sys.argv[1])
                except PermissionError:
                    sys.exit("kept away")
                client.sendall(b"GET /healthz HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n")
                print(client.recv(12).decode())
                """
            let words = prefix + ["/usr/bin/python3", "-c", script, daemon.socket]
            #expect(try daemon.project.scratch.run(words).errors == "kept away\n")
            chmod(daemon.socket, 0o666)
            #expect(try daemon.project.scratch.run(words).output == "HTTP/1.1 403\n")
        }
    #endif
}
