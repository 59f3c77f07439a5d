import PortrunCore
import Testing

@Suite(.timeLimit(.minutes(10)))
struct RegisterCommandTests {
    let project: Project

    init() throws { project = try Project() }

    @Test func namesAPortThatNobodyElseGets() throws {
        let port = project.first
        let words = ["register", "grafana", "\(port)", "-d", "the dashboards"]
        #expect(try project.run(words) == .printed("grafana \(port)\n"))
        #expect(try project.run(words + ["-q"]) == .printed(""))
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
                    portrun: hint: `portrun release --port \(port + 1)` gives it back

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

    @Test func aContextOfThatNameIsAnotherOne() throws {
        _ = try project.run("register", "grafana", "\(project.first)")
        #expect(try project.run("get", "grafana", "--no-book", "-q", "--context", "machine").ending == .exited(1))
    }

    @Test func staysWhenNobodyUsesIt() throws {
        _ = try project.run("register", "grafana", "\(project.first)")
        _ = try project.run("book", "a")
        _ = try project.scratch.shell("\"$LAUNCHER\" gc --stale 0")
        #expect(try project.run("list", "--service", "grafana", "-q") == .printed("\(project.first)\n"))
    }
}
