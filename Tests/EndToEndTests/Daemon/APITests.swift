import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// The API gives what the command line prints, and both see what the other does.
@Suite(.timeLimit(.minutes(30)))
struct APITests {
    let daemon: TestDaemon
    let project: Project

    init() throws {
        daemon = try TestDaemon()
        project = daemon.project
    }

    private func printed(_ words: String...) throws -> JSONValue? {
        JSONParser.value(of: Array(try project.run(words).output.utf8)[...])
    }

    private func book(_ members: JSONValue.KeyValuePairs) throws -> HTTPConnection.Reply {
        let place = JSONValue.KeyValuePairs([("checkout", .string(project.scratch.project))])
        return try daemon.ask("POST", "/api/v1/bookings", body: .object(.init(place.pairs + members.pairs)))
    }

    #if os(Linux)
        /// A name that only the daemon has booked under has no folder in which programs run.
        @Test func noProgramIsOfAName() throws {
            let server = try project.scratch.start([
                "/usr/bin/python3", "-c",
                "import socket, sys; s = socket.create_server(('127.0.0.1', \(project.outside))); print('up', flush=True); "
                    + "sys.stdin.read()",
            ])
            try server.wait(for: "up\n")
            let body: JSONValue = .object([
                "context": .string("c1"), "services": .array([.string("q")]), "port": .integer(project.outside),
            ])
            let reply = try daemon.ask("POST", "/api/v1/bookings", body: body)
            let detail = reply.json["detail"]?.string ?? ""
            #expect(reply.status == 409 && detail == "port \(project.outside) is in use by another program", "\(reply)")
            server.closeInput()
            _ = try server.finish()
            try daemon.stop()
        }
    #endif

    @Test func listsWhatEitherHasBooked() throws {
        _ = try project.run("book", "api")
        let booked = try book(["services": .array([.string("web"), .string("api")]), "description": .string("a note")])
        #expect(booked.status == 200)
        #expect(booked.json.elements?.map { $0["service"]?.string } == ["web", "api"])
        let list = try daemon.ask("GET", "/api/v1/bookings").json
        #expect(list == (try printed("list", "--json")))
        #expect(list.elements?.count == 2)
        let web = try #require(booked.json.elements?.first)
        #expect(try daemon.ask("GET", "/api/v1/bookings/\(web["id"]?.integer ?? 0)").json == web)
        #expect(try daemon.ask("GET", "/api/v1/bookings?service=web").json == .array([web]))
        #expect(try daemon.ask("GET", "/api/v1/bookings?service=nothing").json == .array([]))
        #expect(
            try daemon.ask("GET", "/api/v1/bookings?port=\(project.web)&app=project&live=false").json == .array([web]))
        #expect(try daemon.ask("GET", "/api/v1/bookings?live=true").json == .array([]))
    }

    /// However often it is asked for, the list has what was written before the question, by whomever.
    @Test func theListIsNeverOld() throws {
        let connection = try HTTPConnection(path: daemon.socket)
        func services() throws -> [String?] {
            try connection.ask("GET", "/api/v1/bookings").json.elements?.map { $0["service"]?.string } ?? []
        }
        for name in ["a", "b", "c", "d"] {
            for _ in 0..<20 { _ = try services() }
            _ = try project.run("book", name, "-q")
            #expect(try services().last == name)
            _ = try book(["services": .array([.string(name + "x")])])
            #expect(try services().last == name + "x")
        }
        let server = try Server(on: "127.0.0.1", port: project.first, in: project.scratch)
        func state() throws -> String? {
            try connection.ask("GET", "/api/v1/bookings").json.elements?.first?["state"]?.string
        }
        try Deadline.wait(for: "the listener to be seen") { try state() == "listening" }
        try server.close()
        try Deadline.wait(for: "the listener to go") { try state() == "idle" }
    }

    @Test func givesBackWhatNobodyHolds() throws {
        let booked = try book(["services": .array([.string("web")])]).json.elements?.first
        let path = "/api/v1/bookings/\(booked?["id"]?.integer ?? 0)"
        #expect(try daemon.ask("DELETE", path).json == booked)
        #expect(try daemon.ask("GET", path).status == 404)
        #expect(try daemon.ask("DELETE", path).status == 404)
        #expect(try project.run("list", "--json").output == "[]\n")
    }

    @Test func keepsWhatARunningCommandHolds() throws {
        let program = try project.scratch.start([
            Program.portrun, "run", "web", "--", "/bin/sh", "-c", "echo runs; read line; exit 0",
        ])
        try program.wait(for: "runs\n")
        let booking = try #require(try daemon.ask("GET", "/api/v1/bookings?live=true").json.elements?.first)
        #expect(booking["pid"]?.integer != nil)
        #expect(try daemon.ask("GET", "/api/v1/lookups/web").json == .array([booking]))
        let path = "/api/v1/bookings/\(booking["id"]?.integer ?? 0)"
        let refused = try daemon.ask("DELETE", path)
        #expect(refused.status == 409 && refused.json["type"]?.string == "urn:portrun:problem:held")
        #expect(refused.json["hint"]?.string == "end it first, or use `?force=true`")
        let leases = try daemon.ask("GET", "/api/v1/leases").json.elements ?? []
        #expect(leases.map { $0["bookings"] } == [.array([booking["id"] ?? .null])])
        #expect(leases.map { $0["ttl"] } == [.null])
        #expect(try daemon.ask("DELETE", path + "?force=true").status == 200)
        program.closeInput()
        #expect(try program.finish().ending == .exited(0))
    }

    @Test func aLeaseLastsWhileItIsRenewed() throws {
        let booked = try #require(
            try book(["services": .array([.string("job")]), "ttl": .integer(3)]).json.elements?.first)
        let id = booked["id"]?.integer ?? 0
        #expect(booked["state"]?.string == "live" && booked["expires"]?.string != nil)
        // For longer than it would last by itself.
        let end = ContinuousClock.now + .seconds(5)
        while ContinuousClock.now < end {
            #expect(try daemon.ask("PUT", "/api/v1/leases/\(id)", body: .object(["ttl": .integer(3)])).status == 200)
            usleep(200_000)
        }
        #expect(try daemon.ask("PUT", "/api/v1/leases/\(id)", body: .object([:])).json["state"]?.string == "live")
        let lease = try daemon.ask("GET", "/api/v1/leases").json.elements?.first
        #expect(lease?["ttl"] == .integer(3) && lease?["pid"] == .null)
        // Nobody renews it: it goes, and the booking that was made for it with it.
        try Deadline.wait(for: "the end of the lease") {
            try daemon.ask("GET", "/api/v1/bookings/\(id)").status == 404
        }
        #expect(try daemon.ask("PUT", "/api/v1/leases/\(id)", body: .object(["ttl": .integer(3)])).status == 404)
    }

    @Test func aLeaseOnABookingThatStaysLeavesIt() throws {
        let id = try book(["services": .array([.string("job")])]).json.elements?.first?["id"]?.integer ?? 0
        let path = "/api/v1/leases/\(id)"
        #expect(try daemon.ask("PUT", path, body: .object([:])).status == 409)
        #expect(try daemon.ask("DELETE", path).status == 404)
        #expect(try daemon.ask("PUT", path, body: .object(["ttl": .integer(600)])).json["state"]?.string == "live")
        let left = try daemon.ask("DELETE", path)
        #expect(left.status == 200 && left.json["state"]?.string == "idle" && left.json["expires"] == .null)
        #expect(try daemon.ask("GET", "/api/v1/bookings/\(id)").json == left.json)
    }

    /// What is gone is no more live in the last that is told of it.
    @Test func theEndOfALeaseIsTheEndOfItsBooking() throws {
        let booked = try book(["services": .array([.string("job")]), "ttl": .integer(600)])
        let id = booked.json.elements?.first?["id"]?.integer ?? 0
        let ended = try daemon.ask("DELETE", "/api/v1/leases/\(id)")
        #expect(ended.status == 200 && ended.json["id"] == .integer(id))
        #expect(ended.json["state"]?.string == "idle" && ended.json["expires"] == .null, "\(ended)")
        #expect(try daemon.ask("GET", "/api/v1/bookings/\(id)").status == 404)
    }

    @Test func refusesAMemberThatIsGivenTwice() throws {
        let reply = try HTTPConnection(path: daemon.socket).ask(
            "POST", "/api/v1/gc", ["Content-Type": "application/json"], body: #"{"dry_run":true,"dry_run":false}"#)
        #expect(reply.status == 400 && reply.json["detail"]?.string == "`dry_run` is given more than once", "\(reply)")
    }

    /// Where nothing in it has to be said, there may be no body.
    @Test func aBodyMayBeMissing() throws {
        let connection = try HTTPConnection(path: daemon.socket)
        let fields = ["Content-Type": "application/json"]
        let gone = try connection.ask("POST", "/api/v1/gc", fields)
        #expect(gone.status == 200, "\(gone)")
        #expect(gone.json == (try printed("gc", "--json")))
        #expect(try connection.ask("POST", "/api/v1/gc", fields, body: "").status == 200)
        let nothing = try connection.ask("POST", "/api/v1/bookings", fields)
        #expect(nothing.status == 400, "\(nothing)")
    }

    @Test func namesOfTheMachine() throws {
        let path = "/api/v1/services/printer"
        let given = try daemon.ask("PUT", path, body: .object(["port": .integer(project.outside)]))
        #expect(given.status == 200)
        #expect(try daemon.ask("GET", "/api/v1/services").json == .array([given.json]))
        #expect(try daemon.ask("GET", path).json == given.json)
        #expect(try printed("get", "printer", "--json") == given.json)
        let taken = try daemon.ask(
            "PUT", "/api/v1/services/scanner", body: .object(["port": .integer(project.outside)]))
        #expect(taken.status == 409 && taken.json["type"]?.string == "urn:portrun:problem:taken")
        #expect(try daemon.ask("DELETE", path).json == given.json)
        #expect(try daemon.ask("DELETE", path).status == 404)
    }

    @Test func serviceOfACheckout() throws {
        _ = try project.run("book", "api")
        let path = "/api/v1/services/api?checkout=" + project.scratch.project.replacing("/", with: "%2F")
        #expect(try daemon.ask("GET", path).json == (try printed("get", "api", "--json")))
        #expect(try daemon.ask("GET", "/api/v1/services/api").status == 404)
    }

    @Test func checksRangesContextsAndCollects() throws {
        let server = try Server(on: "127.0.0.1", port: project.outside, in: project.scratch)
        #expect(
            try daemon.ask("GET", "/api/v1/checks/\(server.port)").json
                == (try printed("check", "\(server.port)", "--json")))
        var ranges = try printed("config", "--json")
        if case .object(let object)? = ranges {
            ranges = .object(.init(object.pairs.filter { $0.key != "translate" }))
        }
        #expect(try daemon.ask("GET", "/api/v1/ranges").json == ranges)
        let changed = try daemon.ask("PUT", "/api/v1/ranges/redis", body: .object(["range": .string("7000-7009")]))
        #expect(changed.json["redis"] == .string("7000-7009"))
        #expect(try printed("config", "--json")?["redis"] == .string("7000-7009"))
        #expect(try daemon.ask("DELETE", "/api/v1/ranges/redis").json == ranges)
        _ = try project.run("book", "api")
        let context = try daemon.ask("GET", "/api/v1/contexts").json.elements?.first
        let own = try printed("context", "--json")
        for key in ["hash", "label", "path", "remote", "branch", "app", "instance"] {
            #expect(context?[key] == own?[key])
        }
        let gone = try daemon.ask("POST", "/api/v1/gc", body: .object([:])).json
        #expect(gone == (try printed("gc", "--json")))
    }

    /// What the shell that started it had in its environment is no wish of its clients.
    @Test func takesNoPortsFromItsEnvironment() throws {
        let daemon = try TestDaemon(
            in: Project(), variables: ["PORT=\(project.outside)", "API_PORT=\(project.outside)"])
        let booked = try daemon.ask(
            "POST", "/api/v1/bookings",
            body: .object([
                "checkout": .string(daemon.project.scratch.project), "services": .array([.string("api")]),
            ]))
        #expect(booked.json.elements?.first?["port"] == .integer(daemon.project.first))
    }

    @Test func alongThePathAndMethod() throws {
        #expect(try daemon.ask("GET", "/").status == 404)
        #expect(try daemon.ask("GET", "/api/v1/bookings/").status == 404)
        #expect(try daemon.ask("GET", "/api/v2/bookings").status == 404)
        let wrong = try daemon.ask("PATCH", "/api/v1/bookings", body: .object([:]))
        #expect(wrong.status == 405 && wrong.fields["allow"] == "GET, HEAD, POST")
        let head = try daemon.ask("HEAD", "/api/v1/bookings")
        #expect(head.status == 200 && head.fields["content-length"] == "3" && head.body == "")
    }

    @Test(arguments: [
        ("{", "the body is no JSON document"), ("", "the body is no JSON document"), ("[]", "the body is no object"),
        ("{}", "`services` is missing"), (#"{"services":[]}"#, "`services` is not a list of 1 to 100 names"),
        (#"{"services":["a"]}"#, "nothing says which checkout is meant"),
        (#"{"services":["a\u0000"]}"#, "`services` is not a list"),
        (#"{"services":["a"],"x":1}"#, "there is no argument `x`"),
        (#"{"services":["a"],"checkout":"here"}"#, "`checkout` is not the absolute path of a folder"),
        (#"{"services":["a"],"checkout":"/","port":0}"#, "`port` is not a whole number from 1 to 65535"),
        (#"{"services":["a"],"checkout":"/","port":3000.5}"#, "`port` is not a whole number from 1 to 65535"),
        (
            #"{"services":["a"],"checkout":"/","port":9223372036854775808}"#,
            "`port` is not a whole number from 1 to 65535"
        ), (#"{"services":["a"],"checkout":"/","ttl":1e30}"#, "`ttl` is not a whole number from 1 to 316224000"),
        (#"{"services":["a","b"],"checkout":"/","port":7000}"#, "`port` goes with one service"),
    ])
    func tellsWhatIsWrong(_ body: String, _ detail: String) throws {
        let reply = try HTTPConnection(path: daemon.socket).ask(
            "POST", "/api/v1/bookings", ["Content-Type": "application/json"], body: body)
        #expect(reply.status == 400)
        #expect(reply.fields["content-type"] == "application/problem+json")
        #expect(reply.json["status"] == .integer(400) && reply.json["title"] == .string("Bad Request"))
        #expect(reply.json["type"]?.string == "urn:portrun:problem:argument")
        #expect(reply.json["detail"]?.string?.hasPrefix(detail) == true, "\(reply.body)")
    }

    @Test func takesNoLongBody() throws {
        let body = "{\"services\":[\"" + String(repeating: "x", count: 70000) + "\"]}"
        let reply = try HTTPConnection(path: daemon.socket).ask(
            "POST", "/api/v1/bookings", ["Content-Type": "application/json"], body: body)
        #expect(reply.status == 413)
        // Nor one whose length is not told.
        let connection = try HTTPConnection(path: daemon.socket)
        connection.send(
            "POST /api/v1/bookings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n11170\r\n" + String(repeating: "x", count: 70000) + "\r\n0\r\n\r\n"
        )
        #expect(try connection.reply().status == 413)
    }
}
