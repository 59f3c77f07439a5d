import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// What the door of port-registry has booked is portrun's, and the other way round.
@Suite(.timeLimit(.minutes(30)))
struct PortRegistrySharingTests {
    let daemon: TestDaemon
    let address: LoopbackAddress
    var project: Project { daemon.project }

    init() throws {
        daemon = try TestDaemon(door: "port-registry")
        address = try daemon.address(of: "port-registry")
    }

    private func ask(_ method: String, _ path: String, _ body: String? = nil) throws -> HTTPConnection.Reply {
        let fields = body == nil ? [:] : ["Content-Type": "application/json"]
        return try HTTPConnection(address).ask(method, path, host: address.description, fields, body: body)
    }

    private func rows(_ query: String = "") throws -> [String] {
        (try ask("GET", "/v1/allocations" + query).json.elements ?? []).map { row in
            let names = ["app", "instance", "service"].map { row[$0]?.string ?? "?" }
            return names.joined(separator: "|") + " \(row["port"]?.integer ?? 0)"
        }
    }

    private func allocate(_ app: String, _ instance: String, _ service: String) throws -> HTTPConnection.Reply {
        try ask(
            "POST", "/v1/allocations",
            JSONValue.object(["app": .string(app), "instance": .string(instance), "service": .string(service)]).line)
    }

    /// `--app A --instance I` and `--context A/I` are one context, here too.
    @Test(arguments: [["--app", "shop", "--instance", "main"], ["--context", "shop/main"]])
    func bothSeeWhatEitherBooks(_ context: [String]) throws {
        _ = try project.run(["book", "api"] + context)
        #expect(try rows() == ["shop|main|api \(project.first)"])
        let again = try allocate("shop", "main", "api")
        #expect(again.status == 409 && again.json["holder"]?["port"]?.integer == project.first)
        #expect(try allocate("shop", "main", "job").status == 201)
        #expect(try project.run(["get", "job", "-q"] + context) == .printed("\(project.first + 1)\n"))
        let list = try project.run("list")
        #expect(list.output.split(separator: "\n").count == 2 && list.output.contains("shop/main\tjob\t"))
        #expect(try project.run(["release", "job"] + context).ending == .exited(0))
        #expect(try ask("DELETE", "/v1/allocations", "{\"app\":\"shop\"}").body == "{\"deleted\":1}\n")
        #expect(try project.run("list", "--json") == .printed("[]\n"))
    }

    /// The bookings of checkouts have the two parts of their labels, the second of which is empty outside git.
    @Test func checkoutsHaveRows() throws {
        _ = try project.run("book", "api")
        #expect(try rows() == ["project||api \(project.first)"])
        #expect(try rows("?app=project") == ["project||api \(project.first)"])
        // A branch by its own name, as `portctl` finds it.
        try #require(
            try project.scratch.shell("git init -q -b feature/x . && \"$LAUNCHER\" book -q job").ending == .exited(0))
        #expect(try rows("?instance=feature/x") == ["project|feature-x|job \(project.first + 1)"])
        #expect(try allocate("project", "feature-x", "job").status == 409)
    }

    /// Names that a label does not show in full come back as they were given, and are not taken for one another.
    @Test func keepsNamesAsTheyAre() throws {
        #expect(try allocate("my app", "a/b", "api").status == 201)
        #expect(try allocate("my-app", "a-b", "api").status == 201)
        #expect(try allocate("my app", "a/b", "api").status == 409)
        #expect(try rows() == ["my app|a/b|api \(project.first)", "my-app|a-b|api \(project.first + 1)"])
        #expect(
            try project.run("get", "api", "-q", "--app", "my app", "--instance", "a/b")
                == .printed("\(project.first)\n"))
        #expect(try ask("DELETE", "/v1/allocations/1").status == 200)
        #expect(try rows() == ["my-app|a-b|api \(project.first + 1)"])
    }

    /// A row is there for every port that cannot be had, whosever it is; there is none for UDP.
    @Test func namesOfTheMachineAndUDP() throws {
        _ = try project.run("register", "printer", "\(project.outside)")
        _ = try project.run("book", "rtp", "--udp", "--port", "\(project.outside + 1)")
        _ = try project.run("book", "block", "--block", "3", "--port", "\(project.outside + 2)", "--context", "a/b")
        #expect(try rows() == ["machine||printer \(project.outside)", "a|b|block \(project.outside + 2)"])
        let held = try ask("GET", "/v1/ports/\(project.outside)")
        #expect(held.json["holder"]?["app"]?.string == "machine")
        #expect(try ask("GET", "/v1/ports/\(project.outside + 1)").json["available"] == .boolean(true))
        // The last port of the block, whose row has the first.
        let last = try ask("GET", "/v1/ports/\(project.outside + 4)").json
        #expect(last["available"] == .boolean(false) && last["holder"]?["port"]?.integer == project.outside + 2)
    }

    /// What the door has not allocated goes only by its app, and a name of the machine not at all.
    @Test func keepsWhatIsSomebodyElses() throws {
        _ = try project.run("register", "printer", "\(project.outside)")
        _ = try project.run("book", "web")
        _ = try project.run("book", "web", "--context", "ci/42")
        _ = try project.run("book", "job", "--context", "ci/42", "--ttl", "600")
        let (printer, web) = (project.outside, project.first)
        #expect(try allocate("shop", "main", "web").json["id"]?.integer == 5)
        let all = try rows()
        for filter in [
            "{\"service\":\"printer\"}", "{\"port\":\(printer)}", "{\"app\":\"machine\"}", "{\"port\":\(web)}",
            "{\"instance\":\"42\"}", "{\"service\":\"job\"}",
        ] {
            #expect(try ask("DELETE", "/v1/allocations", filter).body == "{\"deleted\":0}\n", "\(filter)")
        }
        for (id, service) in [(1, "printer"), (2, "web"), (3, "web")] {
            let refused = try ask("DELETE", "/v1/allocations/\(id)")
            #expect(refused.status == 409 && refused.json["holder"]?["id"]?.integer == id)
            #expect(refused.json["error"]?.string == "`\(service)` was not allocated here", "\(refused.body)")
        }
        #expect(try rows() == all)
        #expect(try ask("DELETE", "/v1/allocations", "{\"service\":\"web\"}").body == "{\"deleted\":1}\n")
        #expect(try rows() == all.dropLast())
        // Its time to live is running, and its neighbour stays with it.
        let refused = try ask("DELETE", "/v1/allocations", "{\"app\":\"ci\",\"instance\":\"42\"}")
        #expect(refused.status == 409 && refused.json["holder"]?["service"]?.string == "job", "\(refused.body)")
        #expect(refused.json["error"]?.string?.hasPrefix("`job` is held until 20") == true, "\(refused.body)")
        let web42 = "{\"app\":\"ci\",\"instance\":\"42\",\"service\":\"web\"}"
        #expect(try ask("DELETE", "/v1/allocations", web42).body == "{\"deleted\":1}\n")
        #expect(try rows().count == 3)
    }

    /// A time to live that somebody has given to an allocation is kept, too.
    @Test func keepsATimeToLiveOfItsOwn() throws {
        let port = try allocate("shop", "main", "api").json["port"]?.integer ?? 0
        let held = try daemon.ask("PUT", "/api/v1/leases/1", body: .object(["ttl": .integer(600)]))
        #expect(held.status == 200, "\(held.body)")
        for request in [("/v1/allocations/1", nil), ("/v1/allocations", "{\"port\":\(port)}")] {
            let refused = try ask("DELETE", request.0, request.1)
            #expect(refused.status == 409, "\(refused.body)")
        }
        #expect(try rows().count == 1)
    }

    @Test func keepsWhatARunningCommandHolds() throws {
        #expect(try allocate("shop", "main", "api").status == 201)
        let (program, port) = try project.start("run", "api", "--app", "shop", "--instance", "main")
        let requests: [(path: String, body: String?)] = [
            ("/v1/allocations/1", nil), ("/v1/allocations", "{\"app\":\"shop\"}"),
        ]
        for request in requests {
            let refused = try ask("DELETE", request.path, request.body)
            #expect(refused.status == 409 && refused.json["holder"]?["port"]?.integer == port)
            #expect(refused.json["error"]?.string?.hasPrefix("`api` is held by pid ") == true, "\(refused.body)")
        }
        program.closeInput()
        _ = try program.finish()
        #expect(try ask("DELETE", "/v1/allocations/1").status == 200)
    }

    #if os(Linux)
        /// A server that has outlived its command is that command's still.
        @Test func keepsWhatAServerOfACommandHas() throws {
            try project.scratch.write(
                """
                import os, socket, sys
                listener = socket.create_server(("127.0.0.1", int(os.environ["PORT"])))
                print("serves", os.getpid(), flush=True)
                listener.accept()
                """, to: "server.py")
            let script = """
                "$LAUNCHER" run api --app shop --instance main -- sh -c "python3 server.py >server.log 2>&1 &"
                until grep -q serves server.log; do sleep 0.01; done
                """
            try #require(try project.scratch.shell(script).ending == .exited(0))
            let pid = try project.scratch.read("server.log").split(separator: " ").last.flatMap { Int32($0.dropLast()) }
            let server = try #require(pid)
            defer { kill(server, SIGKILL) }
            let api = "{\"app\":\"shop\",\"service\":\"api\"}"
            let refused = try ask("DELETE", "/v1/allocations", api)
            #expect(refused.status == 409, "\(refused.body)")
            #expect(
                refused.json["error"]?.string?.hasPrefix("`api` is held by pid \(server): ") == true, "\(refused.body)")
            kill(server, SIGKILL)
            try Deadline.wait(for: "the release") { try ask("DELETE", "/v1/allocations", api).status == 200 }
        }
    #endif

    /// When it was booked, whatever has been done with it since.
    @Test func tellsWhenItWasBooked() throws {
        let before = Int64(time(nil))
        let created = try allocate("shop", "main", "api").json["created_at"]?.string ?? ""
        let seconds = try Date(created, strategy: .iso8601).timeIntervalSince1970
        #expect((before...Int64(time(nil))).contains(Int64(seconds)))
        let script = """
            import sqlite3, sys
            database = sqlite3.connect(sys.argv[1])
            database.execute("UPDATE bookings SET last_used = 5")
            database.commit()
            """
        try #require(
            try project.scratch.run(["/usr/bin/python3", "-c", script, project.scratch.registry]) == .printed(""))
        #expect(try ask("GET", "/v1/allocations").json.elements?.first?["created_at"]?.string == created)
    }
}
