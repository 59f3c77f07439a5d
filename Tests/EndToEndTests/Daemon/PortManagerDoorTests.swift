import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// The door of PortManager, request by request.
@Suite(.timeLimit(.minutes(30)))
struct PortManagerDoorTests {
    let daemon: TestDaemon
    let address: LoopbackAddress
    var project: Project { daemon.project }

    init() throws {
        daemon = try TestDaemon(door: "portmanager")
        address = try daemon.address(of: "portmanager")
    }

    private func lease(_ service: String, _ port: Int, ttl: Int = 300, tags: String = "[]") -> String {
        """
        {"port":\(port),"service_name":"\(service)","allocated_at":"WHEN","last_heartbeat":"WHEN",\
        "ttl_seconds":\(ttl),"tags":\(tags)}
        """
    }

    private func allocated(_ service: String, _ port: Int, ttl: Int = 300, tags: String = "[]") -> String {
        "{\"port\":\(port),\"lease\":\(lease(service, port, ttl: ttl, tags: tags))}\n"
    }

    private func check(_ table: [Exchange]) throws {
        for exchange in table { try exchange.check(at: address) }
    }

    @Test func leasesFindsAndReleases() throws {
        let (first, second, third) = (project.first, project.first + 1, project.first + 2)
        let unknown = #"{"service_name":"nobody","port":null,"all_ports":[],"lease":null}"# + "\n"
        try check([
            Exchange("GET /list", 200, "[]\n"),
            Exchange("POST /alloc", #"{"service_name":"api"}"#, 200, allocated("api", first)),
            Exchange(
                "POST /alloc", #"{"service_name":"job","ttl_seconds":60,"tags":["test","a, \"b\"\n"]}"#, 200,
                allocated("job", second, ttl: 60, tags: #"["test","a, \"b\"\n"]"#)),
            // One service may have several.
            Exchange(
                "POST /alloc", #"{"service_name":"api","ttl_seconds":null,"tags":null,"else":1}"#, 200,
                allocated("api", third)),
            Exchange(
                "GET /list", 200,
                "[\(lease("api", first)),\(lease("job", second, ttl: 60, tags: #"["test","a, \"b\"\n"]"#)),"
                    + "\(lease("api", third))]\n"),
            Exchange(
                "GET /lookup?service=api", 200,
                "{\"service_name\":\"api\",\"port\":\(first),\"all_ports\":[\(first),\(third)],"
                    + "\"lease\":\(lease("api", first))}\n"),
            Exchange("GET /lookup?service=nobody", 200, unknown), Exchange("GET /lookup", 400, ""),
            Exchange("POST /heartbeat", "{\"port\":\(first)}", 200, ""),
            Exchange("POST /heartbeat", "{\"port\":\(project.outside)}", 404, ""),
            Exchange("POST /heartbeat", "{\"port\":0}", 404, ""),
            Exchange("POST /release", "{\"port\":\(first)}", 200, ""),
            Exchange("POST /release", "{\"port\":\(first)}", 404, ""),
            Exchange("POST /heartbeat", "{\"port\":\(first)}", 404, ""),
            // What was freed is leased again.
            Exchange("POST /alloc", #"{"service_name":"api"}"#, 200, allocated("api", first)),
        ])
    }

    @Test(arguments: [
        ("/alloc", "", 400, "the body is no JSON document"), ("/release", "{", 400, "the body is no JSON document"),
        ("/alloc", "[]", 422, "the body is no object"),
        ("/alloc", "{}", 422, "`service_name` is no name: 1 to 255 bytes without control characters"),
        (
            "/alloc", #"{"service_name":"a\u0000"}"#, 422,
            "`service_name` is no name: 1 to 255 bytes without control characters"
        ),
        (
            "/alloc", #"{"service_name":"a","ttl_seconds":0}"#, 422,
            "`ttl_seconds` is no whole number of seconds from 1 to 10 years"
        ),
        (
            "/alloc", #"{"service_name":"a","ttl_seconds":1.5}"#, 422,
            "`ttl_seconds` is no whole number of seconds from 1 to 10 years"
        ),
        ("/alloc", #"{"service_name":"a","tags":"x"}"#, 422, "`tags` is no list of texts"),
        ("/alloc", #"{"service_name":"a","tags":[1]}"#, 422, "`tags` is no list of texts"),
        ("/heartbeat", "{}", 422, "`port` is no number from 0 to 65535"),
        ("/release", #"{"port":65536}"#, 422, "`port` is no number from 0 to 65535"),
        ("/release", #"{"port":"1"}"#, 422, "`port` is no number from 0 to 65535"),
        ("/release", #"{"port":1e3}"#, 422, "`port` is no number from 0 to 65535"),
        (
            "/alloc", #"{"service_name":"a","ttl_seconds":9223372036854775808}"#, 422,
            "`ttl_seconds` is no whole number of seconds from 1 to 10 years"
        ),
    ])
    func refuses(_ path: String, _ body: String, _ status: Int, _ message: String) throws {
        try check([Exchange("POST \(path)", body, status, message + "\n"), Exchange("GET /list", 200, "[]\n")])
    }

    @Test func hasNoPortLeft() throws {
        let range = "\(project.first)-\(project.first)"
        try #require(try project.run("config", "--set-range", "default:\(range)").ending == .exited(0))
        try check([
            Exchange("POST /alloc", #"{"service_name":"api"}"#, 200, allocated("api", project.first)),
            Exchange("POST /alloc", #"{"service_name":"api"}"#, 503, ""),
            Exchange("POST /alloc", #"{"service_name":"job"}"#, 503, ""),
        ])
    }

    /// What its client's `loop` sends, in its words: one lease that lasts for as long as it is asked for.
    @Test func aLoopOfHeartbeatsKeepsThePort() throws {
        let client = try HTTPConnection(address)
        func post(_ path: String, _ body: String) throws -> HTTPConnection.Reply {
            client.send(
                "POST \(path) HTTP/1.1\r\ncontent-type: application/json\r\naccept: */*\r\nhost: localhost:\(address.port)"
                    + "\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)")
            return try client.reply()
        }
        let port = try post("/alloc", #"{"service_name":"api","ttl_seconds":2,"tags":null}"#).json["port"]?.integer ?? 0
        #expect(port == project.first)
        // For longer than it would last by itself.
        let end = ContinuousClock.now + .seconds(4)
        while ContinuousClock.now < end {
            let beat = try post("/heartbeat", "{\"port\":\(port)}")
            #expect(beat.status == 200 && beat.body.isEmpty)
            usleep(200_000)
        }
        let listed = try project.run("list", "--live", "--json").output
        #expect(listed.contains("\"label\": \"portmanager\"") && listed.contains("\"service\": \"api\""))
        // Nobody sends one any more.
        try Deadline.wait(for: "the end of the lease") {
            try HTTPConnection(address).ask("GET", "/list", host: address.description).body == "[]\n"
        }
        #expect(try post("/heartbeat", "{\"port\":\(port)}").status == 404)
        #expect(try project.run("list", "--json") == .printed("[]\n"))
    }

    /// Its leases are portrun's bookings with a time to live, whoever has made them.
    @Test func bothSeeWhatEitherLeases() throws {
        try #require(try project.run("book", "preview", "--ttl", "60", "--context", "shop/main").ending == .exited(0))
        _ = try project.run("book", "stays")
        try check([
            Exchange("GET /list", 200, "[\(lease("preview", project.first, ttl: 60))]\n"),
            Exchange("POST /heartbeat", "{\"port\":\(project.first + 1)}", 404, ""),
            Exchange("POST /release", "{\"port\":\(project.first + 1)}", 404, ""),
            Exchange("POST /alloc", #"{"service_name":"api"}"#, 200, allocated("api", project.first + 2)),
            Exchange("POST /alloc", #"{"service_name":"api"}"#, 200, allocated("api", project.first + 3)),
        ])
        #expect(try project.run("get", "api", "-q", "--context", "portmanager") == .printed("\(project.first + 2)\n"))
        #expect(try project.run("get", "api", "-q", "--context", "portmanager/2") == .printed("\(project.first + 3)\n"))
        #expect(try project.run("renew", "\(project.first + 2)", "--ttl", "90", "-q").ending == .exited(0))
        try Exchange(
            "GET /list", 200,
            "[\(lease("preview", project.first, ttl: 60)),\(lease("api", project.first + 2, ttl: 90)),"
                + "\(lease("api", project.first + 3))]\n"
        ).check(at: address)
        #expect(try project.run("release", "--app", "portmanager", "-q").ending == .exited(0))
        // Which is renewed, as the number of a booking is enough for, and not ended: it is somebody else's.
        try check([
            Exchange("POST /heartbeat", "{\"port\":\(project.first)}", 200, ""),
            Exchange("POST /release", "{\"port\":\(project.first)}", 404, ""),
            Exchange("GET /list", 200, "[\(lease("preview", project.first, ttl: 60))]\n"),
        ])
        #expect(try project.run("get", "stays", "-q") == .printed("\(project.first + 1)\n"))
    }

    /// What `portrun get` has booked there is taken up, and stays when the lease ends; what somebody else holds is not.
    @Test func takesUpAnIdleBookingOfItsOwn() throws {
        let first = project.first
        try #require(try project.run("get", "api", "-q", "--context", "portmanager") == .printed("\(first)\n"))
        try check([
            Exchange("GET /list", 200, "[]\n"),
            Exchange("POST /alloc", #"{"service_name":"api"}"#, 200, allocated("api", first)),
            Exchange("POST /alloc", #"{"service_name":"api"}"#, 200, allocated("api", first + 1)),
            Exchange("POST /release", "{\"port\":\(first)}", 200, ""),
        ])
        #expect(try project.run("get", "api", "-q", "--context", "portmanager") == .printed("\(first)\n"))
        let held = try project.run("book", "job", "-q", "--ttl", "60", "--context", "portmanager")
        try #require(held.ending == .exited(0))
        try Exchange("POST /alloc", #"{"service_name":"job"}"#, 200, allocated("job", first + 3)).check(at: address)
    }

    @Test(arguments: ["/", "/leases", "/assets/index.js", "/api/v1/bookings"])
    func otherPathsLeadToTheDashboard(_ path: String) throws {
        let reply = try HTTPConnection(address).ask("GET", path, host: address.description)
        #expect(reply.status == 200 && reply.fields["content-type"] == "text/html; charset=utf-8")
        #expect(reply.body.contains("<code>portrun dashboard</code>"))
        try Exchange("GET /alloc", 405, "`GET` is not done here\n").check(at: address)
        try Exchange("POST /leases", "{}", 405, "`POST` is not done here\n").check(at: address)
    }

    /// `localhost` may be this address, too.
    @Test func isOpenOnIPv6() throws {
        let both = try TestDaemon(in: Project(), ["--door", "portmanager=[::1]:0"])
        let other = try both.address(of: "portmanager")
        #expect(other.isIPv6)
        try Exchange("GET /list", 200, "[]\n").check(at: other)
        let reply = try HTTPConnection(other).ask("GET", "/list", host: "localhost:\(other.port)")
        #expect(reply.status == 200)
    }
}
