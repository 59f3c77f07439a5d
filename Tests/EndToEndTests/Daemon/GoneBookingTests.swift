import PortrunBase
import PortrunLaunch
import Testing

/// What a client does with the number of a booking that is gone.
@Suite(.timeLimit(.minutes(30)))
struct GoneBookingTests {
    let daemon: TestDaemon
    let project: Project

    init() throws {
        daemon = try TestDaemon(door: "port-registry")
        project = daemon.project
    }

    private func book(_ context: String, _ members: JSONValue.KeyValuePairs = .init([])) throws -> Int {
        let body: [(key: String, value: JSONValue)] = [
            ("context", .string(context)), ("services", .array([.string("web")])),
        ]
        let reply = try daemon.ask("POST", "/api/v1/bookings", body: .object(.init(body + members.pairs)))
        return try #require(reply.json.elements?.first?["id"]?.integer, "\(reply)")
    }

    private func checkIsGone(_ id: Int) throws {
        #expect(try daemon.ask("GET", "/api/v1/bookings/\(id)").status == 404)
        #expect(
            try daemon.ask("PUT", "/api/v1/leases/\(id)", body: .object(["ttl": .integer(600)])).status == 404)
        #expect(try daemon.ask("DELETE", "/api/v1/leases/\(id)").status == 404)
        #expect(try daemon.ask("DELETE", "/api/v1/bookings/\(id)?force=true").status == 404)
    }

    /// A heartbeat that comes too late neither holds nor ends what another checkout has booked since.
    @Test func aLateHeartbeatIsNobodyElses() throws {
        let first = try book("shop/a", ["ttl": .integer(600)])
        #expect(try daemon.ask("DELETE", "/api/v1/leases/\(first)").status == 200)
        let second = try book("shop/b", ["ttl": .integer(60)])
        let before = try daemon.ask("GET", "/api/v1/bookings/\(second)")
        try checkIsGone(first)
        let after = try daemon.ask("GET", "/api/v1/bookings/\(second)")
        #expect(after.status == 200 && after.json == before.json, "\(after)")
    }

    /// Nor when everything was swept, or released and booked by commands.
    @Test func norAfterCommands() throws {
        let first = try book("shop/a")
        #expect(try project.run("release", "--id", "\(first)").ending == .exited(0))
        #expect(try project.run("gc", "--stale", "0").ending == .exited(0))
        #expect(try project.run("book", "--context", "shop/b", "web").ending == .exited(0))
        try checkIsGone(first)
        #expect(try daemon.ask("GET", "/api/v1/bookings").json.elements?.count == 1)
    }

    /// Nor at the door of port-registry, whose rows have the same numbers.
    @Test func norAtTheDoor() throws {
        let address = try daemon.address(of: "port-registry")
        func send(_ method: String, _ path: String, _ body: String? = nil) throws -> HTTPConnection.Reply {
            try HTTPConnection(address).ask(
                method, path, host: address.description, ["Content-Type": "application/json"], body: body)
        }
        func allocate(_ app: String) throws -> Int {
            let row = "{\"app\":\"\(app)\",\"instance\":\"i\",\"service\":\"web\"}"
            return try #require(try send("POST", "/v1/allocations", row).json["id"]?.integer)
        }
        let first = try allocate("a")
        #expect(try send("DELETE", "/v1/allocations/\(first)").status == 200)
        let second = try allocate("b")
        #expect(try send("DELETE", "/v1/allocations/\(first)").status == 404)
        #expect(try send("DELETE", "/v1/allocations/\(second)").status == 200)
    }
}
