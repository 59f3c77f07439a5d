import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// The door of port-registry, request by request: what its handlers answer, and what its own tests ask for.
@Suite(.timeLimit(.minutes(30)))
struct PortRegistryDoorTests {
    let daemon: TestDaemon
    let address: LoopbackAddress
    var project: Project { daemon.project }

    init() throws {
        daemon = try TestDaemon(door: "port-registry")
        address = try daemon.address(of: "port-registry")
    }

    private func row(_ id: Int, _ app: String, _ instance: String, _ service: String, _ port: Int) -> String {
        """
        {"id":\(id),"app":"\(app)","instance":"\(instance)","service":"\(service)","port":\(port),"created_at":"WHEN"}
        """
    }

    private func names(_ app: String, _ instance: String, _ service: String, port: String? = nil) -> String {
        let port = port.map { ",\"port\":\($0)" } ?? ""
        return "{\"app\":\"\(app)\",\"instance\":\"\(instance)\",\"service\":\"\(service)\"\(port)}"
    }

    private func check(_ table: [Exchange]) throws {
        for exchange in table { try exchange.check(at: address) }
    }

    /// Names that are alike once they are cleaned for a label are those of two.
    @Test func releasesWhatItIsCalledAlone() throws {
        let list = "/v1/allocations"
        let (spaced, dashed) = (
            row(1, "shop", "a b", "web", project.outside), row(2, "shop", "a-b", "web", project.outside + 1)
        )
        try check([
            Exchange("POST \(list)", names("shop", "a b", "web", port: "\(project.outside)"), 201, spaced + "\n"),
            Exchange("POST \(list)", names("shop", "a-b", "web", port: "\(project.outside + 1)"), 201, dashed + "\n"),
            Exchange("GET \(list)?instance=a-b", 200, "[\(dashed)]\n"),
            Exchange("DELETE \(list)", names("shop", "a-b", "web"), 200, "{\"deleted\":1}\n"),
            Exchange("GET \(list)", 200, "[\(spaced)]\n"),
        ])
        try daemon.stop()
    }

    /// Whoever uses the name in a folder that is gone later.
    @Test func whatItHasAllocatedHasNoFolder() throws {
        let list = "/v1/allocations"
        let web = row(1, "shop", "qa", "web", project.outside)
        try check([Exchange("POST \(list)", names("shop", "qa", "web", port: "\(project.outside)"), 201, web + "\n")])
        let outcome = try project.scratch.shell(
            """
            mkdir gone && cd gone
            for words in "export" "get web -q" "run -q -- true"; do
                set -- $words; first=$1; shift
                "$LAUNCHER" $first --context shop/qa "$@" >/dev/null
            done
            cd .. && rmdir gone && "$LAUNCHER" gc -q
            """)
        #expect(outcome == .printed(""), "\(outcome)")
        try check([Exchange("GET \(list)", 200, "[\(web)]\n")])
        try daemon.stop()
    }

    @Test func allocatesListsAndReleases() throws {
        let (port, first) = (project.outside, project.first)
        let web = row(1, "shop", "main", "site", port)
        let api = row(2, "shop", "main", "api", first)
        let job = row(3, "other", "main", "job", first + 1)
        let list = "/v1/allocations"
        try check([
            Exchange("GET \(list)", 200, "[]\n"),
            Exchange("POST \(list)", names("shop", "main", "site", port: "\(port)"), 201, web + "\n"),
            Exchange("POST \(list)", names(" shop\\t", "\\n main", "\u{A0}api "), 201, api + "\n"),
            Exchange("POST \(list)", names("other", "main", "job", port: "0"), 201, job + "\n"),
            Exchange("GET \(list)", 200, "[\(web),\(api),\(job)]\n"),
            Exchange("GET \(list)?app=shop", 200, "[\(web),\(api)]\n"),
            Exchange("GET \(list)?instance=main", 200, "[\(web),\(api),\(job)]\n"),
            Exchange("GET \(list)?app=shop&instance=main&service=api", 200, "[\(api)]\n"),
            Exchange("GET \(list)?service=job&app=", 200, "[\(job)]\n"),
            Exchange("GET \(list)?app=shop&instance=feature", 200, "[]\n"),
            Exchange("GET \(list)?service=%00", 200, "[]\n"),
            Exchange("DELETE \(list)/3", 200, "{\"status\":\"deleted\"}\n"),
            Exchange("DELETE \(list)", "{\"app\":\"nobody\"}", 200, "{\"deleted\":0}\n"),
            Exchange("DELETE \(list)", "{\"port\":-1}", 200, "{\"deleted\":0}\n"),
            Exchange("DELETE \(list)", "{\"service\":\"site\",\"port\":\(first)}", 200, "{\"deleted\":0}\n"),
            Exchange("DELETE \(list)", "{\"app\":\"shop\",\"instance\":\"main\"}", 200, "{\"deleted\":2}\n"),
            Exchange("GET \(list)", 200, "[]\n"),
        ])
    }

    @Test func tellsWhoHasAPort() throws {
        let port = project.outside
        let web = row(1, "shop", "main", "site", port)
        let range = "{\"error\":\"port must be between 1 and 65535\"}\n"
        try check([
            Exchange("GET /v1/ports/\(port)", 200, "{\"port\":\(port),\"available\":true}\n"),
            Exchange("POST /v1/allocations", names("shop", "main", "site", port: "\(port)"), 201, web + "\n"),
            Exchange("GET /v1/ports/\(port)", 200, "{\"port\":\(port),\"available\":false,\"holder\":\(web)}\n"),
            Exchange("GET /v1/ports/0", 400, range), Exchange("GET /v1/ports/-1", 400, range),
            Exchange("GET /v1/ports/65536", 400, range),
            Exchange("GET /v1/ports/web", 400, "{\"error\":\"invalid port\"}\n"),
            Exchange("GET /v1/ports/99999999999999999999", 400, "{\"error\":\"invalid port\"}\n"),
        ])
    }

    @Test func allocatesNothingTwice() throws {
        let server = try Server(on: "127.0.0.1", in: project.scratch)
        let (port, free) = (project.outside, project.outside + 1)
        let web = row(1, "a", "i", "s", port)
        let service = "{\"error\":\"service already allocated\",\"holder\":\(web)}\n"
        let busy = "{\"error\":\"port in use on system\"}\n"
        let list = "/v1/allocations"
        try check([
            Exchange("POST \(list)", names("a", "i", "s", port: "\(port)"), 201, web + "\n"),
            Exchange("POST \(list)", names("a", "i", "s"), 409, service),
            Exchange("POST \(list)", names("a", "i", "s", port: "\(port)"), 409, service),
            Exchange("POST \(list)", names("a", "i", "s", port: "\(free)"), 409, service),
            Exchange(
                "POST \(list)", names("b", "j", "s", port: "\(port)"), 409,
                "{\"error\":\"port already allocated\",\"holder\":\(web)}\n"),
            Exchange("POST \(list)", names("b", "j", "s", port: "\(server.port)"), 409, busy),
            // As port-registry does, before it looks who has the service.
            Exchange("POST \(list)", names("a", "i", "s", port: "\(server.port)"), 409, busy),
            // What was refused has left nothing.
            Exchange("GET \(list)", 200, "[\(web)]\n"),
        ])
        try server.close()
    }

    @Test(arguments: [
        ("", "invalid JSON"), ("{", "invalid JSON"), ("[]", "invalid JSON"), ("\"shop\"", "invalid JSON"),
        (#"{"app":1,"instance":"i","service":"s"}"#, "invalid JSON"),
        (#"{"app":"a","instance":"i","service":"s","port":"3000"}"#, "invalid JSON"),
        (#"{"app":"a","instance":"i","service":"s","port":3000.5}"#, "invalid JSON"),
        // Go takes no fraction and no exponent for a whole number, be it one.
        (#"{"app":"a","instance":"i","service":"s","port":1e3}"#, "invalid JSON"),
        (#"{"app":"a","instance":"i","service":"s","port":3000.0}"#, "invalid JSON"),
        (#"{"app":"a","instance":"i","service":"s","port":9223372036854775808}"#, "invalid JSON"),
        ("null", "app, instance, and service are required"), ("{}", "app, instance, and service are required"),
        (#"{"app":"a"}"#, "app, instance, and service are required"),
        (#"{"app":"  ","instance":"i","service":"s"}"#, "app, instance, and service are required"),
        (#"{"app":"a","instance":" \t ","service":"s"}"#, "app, instance, and service are required"),
        (#"{"app":"a","instance":"i","service":null}"#, "app, instance, and service are required"),
        (#"{"app":"a","instance":"i","service":"s","port":-1}"#, "port must be between 1 and 65535"),
        (#"{"app":"a","instance":"i","service":"s","port":65536}"#, "port must be between 1 and 65535"),
        (#"{"app":"a","instance":"i","service":"s","port":100000}"#, "port must be between 1 and 65535"),
        (
            #"{"app":"a","instance":"i","service":"s\u0000"}"#,
            "the name of a service has 1 to 255 bytes and no control characters"
        ),
        (
            #"{"app":"a\nb","instance":"i","service":"s"}"#,
            "the name given to `--app` holds a line break or another control character"
        ),
    ])
    func refusesAllocations(_ body: String, _ error: String) throws {
        try check([
            Exchange("POST /v1/allocations", body, 400, "{\"error\":\"\(error)\"}\n"),
            Exchange("GET /v1/allocations", 200, "[]\n"),
        ])
    }

    @Test func refusesReleases() throws {
        let list = "/v1/allocations"
        let filter = "{\"error\":\"at least one filter is required for delete\"}\n"
        let json = "{\"error\":\"invalid JSON\"}\n"
        let missing = "{\"error\":\"allocation not found\"}\n"
        try check([
            Exchange("DELETE \(list)", "{}", 400, filter), Exchange("DELETE \(list)", "null", 400, filter),
            Exchange("DELETE \(list)", "{\"app\":\"\",\"port\":0,\"all\":true}", 400, filter),
            Exchange("DELETE \(list)", "{", 400, json), Exchange("DELETE \(list)", "[1]", 400, json),
            Exchange("DELETE \(list)", 400, json),
            Exchange("DELETE \(list)/all", 400, "{\"error\":\"invalid id\"}\n"),
            Exchange("DELETE \(list)/1", 404, missing), Exchange("DELETE \(list)/-1", 404, missing),
        ])
    }

    /// As Go decodes it: names of any case, null as good as missing, what is not known left alone.
    @Test func readsJSONAsGoDoes() throws {
        try Exchange(
            "POST /v1/allocations", #"{"APP":"a","Instance":"i","service":"s","port":null,"extra":[1.5]}"#, 201,
            row(1, "a", "i", "s", project.first) + "\n"
        ).check(at: address)
    }

    @Test func tellsThatNoPortIsFree() throws {
        let range = "\(project.first)-\(project.first + 1)"
        try #require(try project.run("config", "--set-range", "default:\(range)").ending == .exited(0))
        try check([
            Exchange("POST /v1/allocations", names("a", "i", "x"), 201, row(1, "a", "i", "x", project.first) + "\n"),
            Exchange(
                "POST /v1/allocations", names("a", "i", "y"), 201, row(2, "a", "i", "y", project.first + 1) + "\n"),
            Exchange(
                "POST /v1/allocations", names("a", "i", "z"), 500, "{\"error\":\"no free ports in range \(range)\"}\n"),
        ])
    }

    @Test func tellsOfItsHealth() throws {
        try Exchange("GET /healthz", 200, "{\"status\":\"ok\"}\n").check(at: address)
        let script = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('ALTER TABLE contexts RENAME TO gone')"
        let outcome = try project.scratch.run(["/usr/bin/python3", "-c", script, project.scratch.registry])
        try #require(outcome == .printed(""))
        let reply = try HTTPConnection(address).ask("GET", "/healthz", host: address.description)
        #expect(reply.status == 503 && reply.json["status"]?.string == "error", "\(reply.body)")
        #expect(reply.json["detail"]?.string?.contains("no such table: contexts") == true, "\(reply.body)")
        // Whatever else needs the registry fails as port-registry's does.
        #expect(try HTTPConnection(address).ask("GET", "/v1/allocations", host: address.description).status == 500)
    }
}
