import PortrunBase
import PortrunLaunch
import Testing

/// The doors of other tools let in nobody whom the daemon's own would not, and tell so in these tools' forms.
@Suite(.timeLimit(.minutes(30)), .serialized)
struct CompatibilityGateTests {
    private static let doors = [
        ("port-registry", "/v1/allocations", #"{"app":"a","instance":"i","service":"s"}"#),
        ("portmanager", "/alloc", #"{"service_name":"s"}"#),
    ]

    /// What a form or a script of another site can send without asking first.
    @Test(arguments: doors)
    func takeNothingFromPages(_ name: String, _ path: String, _ body: String) throws {
        let daemon = try TestDaemon(door: name)
        let address = try daemon.address(of: name)
        func status(_ fields: [String: String], host: String? = nil) throws -> Int {
            try HTTPConnection(address).ask("POST", path, host: host ?? address.description, fields, body: body).status
        }
        for type in [
            "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain;application/json",
        ] {
            #expect(try status(["Content-Type": type]) == 415)
        }
        #expect(try status([:]) == 415)
        let json = ["Content-Type": "application/json"]
        for fields in [
            ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Origin": "http://evil.example"],
        ] {
            #expect(try status(json.merging(fields) { $1 }) == 403)
        }
        #expect(try status(json, host: "evil.example:\(address.port)") == 403)
        let preflight = try HTTPConnection(address).ask(
            "OPTIONS", path, host: address.description,
            ["Origin": "http://evil.example", "Access-Control-Request-Method": "POST"])
        #expect(preflight.status == 403 && !preflight.fields.keys.contains { $0.hasPrefix("access-control") })
        #expect(try daemon.project.run("list", "--json") == .printed("[]\n"))
    }

    @Test func tellInTheirOwnForms() throws {
        let registry = try TestDaemon(door: "port-registry")
        var address = try registry.address(of: "port-registry")
        try Exchange("GET /v1/nothing", 404, "{\"error\":\"there is nothing at `/v1/nothing`\"}\n").check(at: address)
        try Exchange("PUT /v1/allocations", "{}", 405, "{\"error\":\"`PUT` is not done here\"}\n").check(at: address)
        let wrong = try HTTPConnection(address).ask("PUT", "/v1/allocations", host: address.description)
        #expect(wrong.status == 405 && wrong.fields["allow"] == "GET, HEAD, POST, DELETE")
        let manager = try TestDaemon(door: "portmanager")
        address = try manager.address(of: "portmanager")
        let refused = try HTTPConnection(address).ask(
            "POST", "/alloc", host: address.description, ["Content-Type": "text/plain"])
        #expect(
            refused.fields["content-type"] == "text/plain; charset=utf-8"
                && refused.body == "the body is to be JSON, with `Content-Type: application/json`\n")
    }

    /// What is no request is told of in the door's own form, too.
    @Test(arguments: [
        ("port-registry", "application/json", "{\"error\":\"this is no HTTP request\"}\n"),
        ("portmanager", "text/plain; charset=utf-8", "this is no HTTP request\n"),
    ])
    func tellWhatIsNoRequest(_ name: String, _ type: String, _ body: String) throws {
        let daemon = try TestDaemon(door: name)
        let connection = try HTTPConnection(try daemon.address(of: name))
        connection.send("FOO BAR BAZ\r\n\r\n")
        let reply = try connection.reply()
        #expect(reply.status == 400 && reply.fields["content-type"] == type && reply.body == body, "\(reply)")
    }

    #if os(Linux)
        @Test(.enabled(if: OtherUser.asNobody != nil, "not root"), arguments: doors)
        func otherUsersAreRefused(_ name: String, _ path: String, _ body: String) throws {
            let daemon = try TestDaemon(door: name)
            let address = try daemon.address(of: name)
            let script = """
                import http.client, sys
                connection = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]))
                connection.request("POST", sys.argv[2], sys.argv[3], {"Content-Type": "application/json"})
                print(connection.getresponse().status)
                """
            let words = ["/usr/bin/python3", "-c", script, "\(address.port)", path, body]
            #expect(try daemon.project.scratch.run(try #require(OtherUser.asNobody) + words) == .printed("403\n"))
        }
    #endif

    #if os(Linux)
        private static let hasNetworks =
            (try? Scratch().shell("unshare -n sh -c 'ip link set lo up && ip -6 addr del ::1/128 dev lo'").ending)
            == .exited(0)

        /// On a network of the test's own, where nobody has these ports; then without IPv6.
        @Test(.enabled(if: hasNetworks))
        func areOpenedAtTheirUsualAddresses() throws {
            let outcome = try Scratch().shell(
                """
                exec unshare -n sh -c '
                ip link set lo up
                "$LAUNCHER" daemon start -q --door port-registry --door portmanager
                "$LAUNCHER" daemon status | tail -n 4
                "$LAUNCHER" daemon stop -q
                ip -6 addr del ::1/128 dev lo
                "$LAUNCHER" daemon start -q --door portmanager
                "$LAUNCHER" daemon status | tail -n 1
                "$LAUNCHER" daemon stop -q
                '
                """)
            #expect(
                outcome
                    == .printed(
                        """
                        port-registry  127.0.0.1:51234
                        port-registry  [::1]:51234
                        portmanager    127.0.0.1:3030
                        portmanager    [::1]:3030
                        portmanager  127.0.0.1:3030

                        """))
        }
    #endif

    /// By the command, from the start to the end; an address that somebody has is told of.
    @Test(arguments: ["port-registry", "portmanager"])
    func areOpenedByTheCommand(_ name: String) throws {
        let project = try Project()
        let server = try Server(on: "127.0.0.1", in: project.scratch)
        let taken = try project.run("daemon", "start", "--door", "\(name)=127.0.0.1:\(server.port)")
        #expect(
            taken
                == .failed(
                    125,
                    """
                    portrun: error: cannot listen on `127.0.0.1:\(server.port)`: Address already in use
                    portrun: hint: `portrun check \(server.port)` tells who has it

                    """))
        #expect(try project.run("daemon", "status", "-q").ending == .exited(1))
        try server.close()
        let words = ["daemon", "start", "--door", "\(name)=127.0.0.1:\(server.port)"]
        let started = try project.run(words)
        defer { _ = try? project.run("daemon", "stop", "-q") }
        #expect(started.ending == .exited(0) && started.errors.contains("\(name) on `127.0.0.1:\(server.port)`"))
        #expect(try project.run(words).errors.contains("runs already"))
        let address = LoopbackAddress(port: UInt16(server.port))
        #expect(try HTTPConnection(address).ask("GET", "/", host: "localhost:\(server.port)").status != 403)
        #expect(try project.run("daemon", "stop").ending == .exited(0))
    }
}
