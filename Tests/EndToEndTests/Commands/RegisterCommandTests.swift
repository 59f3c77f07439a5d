import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct RegisterCommandTests {
    let project: Project

    init() throws { project = try Project() }

    @Test func namesAPortThatNobodyElseGets() throws {
        let port = project.first
        let words = ["register", "grafana", "\(port)", "-d", "the dashboards"]
        #expect(try project.run(words) == .printed("grafana \(port)\n"))
        #expect(try project.run(words + ["-q"]) == .printed(""))
        #expect(
            try project.run("check", "\(port)")
                == Outcome(
                    ending: .exited(1), output: "\(port)/tcp is booked by machine grafana: the dashboards\n", errors: ""
                ))
        #expect(try project.run("book", "a") == .printed("a \(port + 1)\n"))
        #expect(
            try project.run("book", "b", "--port", "\(port)").errors.hasPrefix(
                "portrun: error: port \(port) is booked by machine grafana\n"))
        #expect(
            try project.run("list", "--context", "machine", "--format", "ports")
                == .printed("grafana:\(port):the dashboards\n"))
        #expect(try project.run(words + ["--json"]).output.contains("\"description\": \"the dashboards\""))
    }

    @Test func namesTheOwnerInAConflict() throws {
        let port = project.first
        _ = try project.run("book", "a")
        #expect(
            try project.run("register", "grafana", "\(port)")
                == .failed(
                    1,
                    """
                    portrun: error: port \(port) is booked by project a
                    portrun: hint: `portrun list` lists every booking

                    """))
        _ = try project.run("register", "grafana", "\(port + 1)")
        #expect(
            try project.run("register", "grafana", "\(port + 2)")
                == .failed(
                    1,
                    """
                    portrun: error: `grafana` of machine has port \(port + 1)
                    portrun: hint: `portrun unregister grafana` gives it back

                    """))
        #expect(try project.run("list", "-q") == .printed("\(port + 1)\n\(port)\n"))
    }

    @Test func unregisteringGivesItBack() throws {
        let port = project.first
        _ = try project.run("register", "grafana", "\(port)")
        #expect(try project.run("unregister", "grafana") == .printed("grafana \(port)\n"))
        #expect(
            try project.run("unregister", "grafana")
                == .failed(
                    1,
                    """
                    portrun: error: no port is registered as `grafana`
                    portrun: hint: `portrun list --context machine` lists what is registered

                    """))
        #expect(try project.run("book", "a") == .printed("a \(port)\n"))
    }

    /// Looking and releasing works on the context `machine`; booking in it does not, and no other one is made.
    @Test func itsContextIsMachine() throws {
        let port = project.first
        _ = try project.run("register", "grafana", "\(port)")
        for words in [["get", "grafana"], ["get", "grafana", "--no-book"], ["release", "grafana"]] {
            #expect(try project.run(words + ["--context", "machine"]) == .printed("grafana \(port)\n"))
        }
        #expect(
            try project.run("get", "grafana", "--context", "machine")
                == .failed(1, "portrun: nothing booked for `grafana` in machine\n"))
        let error = """
            portrun: error: nothing is booked in the context `machine`: it has the names that `register` gives
            portrun: hint: `portrun register NAME PORT`, or another name for `--context`

            """
        for words in [["book", "a"], ["export"], ["explain"], ["run"]] {
            let command = words == ["run"] ? ["--", "/bin/echo", "ran"] : []
            #expect(try project.run(words + ["--context", "machine"] + command) == .failed(64, error))
        }
        #expect(try project.run("list", "-q") == .printed(""))
    }

    @Test func isFoundWhileSomethingListens() throws {
        let port = project.first
        _ = try project.run("register", "grafana", "\(port)")
        _ = try project.run("register", "grafana-2", "\(port + 1)")
        #expect(try project.run("lookup", "grafana") == .failed(1, "portrun: no `grafana` runs on this machine\n"))
        #expect(try project.run("wait", "grafana", "-q", "--timeout", "0") == .failed(1, ""))
        let servers = try [port, port + 1].map { try Server(on: "127.0.0.1", port: $0, in: project.scratch) }
        #expect(try project.run("lookup", "grafana", "--all-ports") == .printed("machine\tgrafana\t\(port)\n"))
        #expect(try project.run("wait", "grafana") == .printed("grafana \(port)\n"))
        #expect(try project.run("wait", "grafana", "--json").output.contains("\"label\": \"machine\""))
        #expect(try project.run("wait", "grafana", "--app", "x", "-q", "--timeout", "0") == .failed(1, ""))
        // A service of this checkout is nearer, one of another that runs is not.
        let far = try project.start("run", "grafana", "--context", "a/b")
        #expect(try project.run("lookup", "grafana", "-q") == .printed("\(port)\n"))
        #expect(try project.run("lookup", "grafana", "-q", "--app", "a") == .printed("\(far.port)\n"))
        _ = try project.run("book", "grafana", "--port", "\(project.outside + 1)")
        #expect(try project.run("wait", "grafana", "-q", "--timeout", "0") == .failed(1, ""))
        far.program.closeInput()
        _ = try far.program.finish()
        for server in servers { try server.close() }
    }

    @Test func staysWhenNobodyUsesIt() throws {
        _ = try project.run("register", "grafana", "\(project.first)")
        _ = try project.run("book", "a")
        _ = try project.scratch.shell("\"$LAUNCHER\" gc --stale 0")
        #expect(try project.run("list", "--service", "grafana", "-q") == .printed("\(project.first)\n"))
    }
}
