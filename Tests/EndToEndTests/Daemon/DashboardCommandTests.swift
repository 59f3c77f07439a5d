import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// `portrun dashboard`, and the door that it opens.
@Suite(.timeLimit(.minutes(30)))
struct DashboardCommandTests {
    let project: Project

    init() throws { project = try Project() }

    private func address(_ outcome: Outcome) throws -> LoopbackAddress {
        let match = try #require(
            outcome.output.wholeMatch(of: /http:\/\/(localhost:[0-9]+)\/\?token=[0-9a-f]{64}\n/), "\(outcome)")
        return try #require(LoopbackAddress(String(match.1)))
    }

    private func stop() throws { #expect(try project.run("daemon", "stop", "-q").ending == .exited(0)) }

    @Test func startsTheDaemonAndBooksThePort() throws {
        let first = try project.run("dashboard", "--no-open")
        #expect(first.ending == .exited(0) && first.errors.hasPrefix("portrun: the daemon has started, with the pid "))
        let address = try address(first)
        let second = try project.run("dashboard", "--print", "-q")
        #expect(try self.address(second) == address && second.output != first.output && second.errors == "")
        let list = JSONParser.value(of: Array(try project.run("list", "--json").output.utf8)[...])
        let rows = try #require(list?.elements)
        #expect(rows.count == 1)
        #expect(rows.first?["label"] == .string("machine") && rows.first?["service"] == .string("portrun-dashboard"))
        #expect(rows.first?["port"] == .integer(Int(address.port)) && rows.first?["state"] == .string("live"))
        try stop()
        #expect(try project.run("list", "--json").output == "[]\n")
    }

    /// Somebody may have the usual port, or have booked it.
    @Test func takesAnotherPort() throws {
        let usual = LoopbackAddress(port: 7334)
        // Where another test's dashboard has it, that one may end meanwhile.
        let taken = try? ServerSocket.bound(to: usual)
        defer { if let taken { close(taken.descriptor) } }
        // Whatever listens there meanwhile.
        #expect(try project.run("register", "taken", "7335", "-q").ending == .exited(0))
        let address = try address(project.run("dashboard", "--no-open", "-q"))
        #expect(address.port != 7335 && (taken == nil || address.port != usual.port))
        #expect(try HTTPConnection(address).ask("GET", "/", host: "localhost:\(address.port)").status == 401)
        try stop()
    }

    @Test func opensTheDoorOfADaemonThatRuns() throws {
        let daemon = try TestDaemon(in: project)
        let address = try address(project.run("dashboard", "--no-open", "-q"))
        let doors = try daemon.ask("GET", "/api/v1/daemon").json["doors"]?.elements ?? []
        #expect(doors.contains { $0["name"] == .string("dashboard") && $0["address"]?.string == address.description })
        #expect(try HTTPConnection(address).ask("GET", "/", host: "localhost:\(address.port)").status == 401)
        // It ends as the others do, with a connection that is open.
        let connection = try HTTPConnection(address)
        _ = try connection.ask("GET", "/assets/dashboard.css", host: "localhost:\(address.port)")
        try daemon.stop()
    }

    @Test func staysWhereItsDoorIs() throws {
        let daemon = try TestDaemon(in: project, ["--door", "dashboard=127.0.0.1:\(project.outside)"])
        #expect(try address(project.run("dashboard", "--no-open", "-q")).port == UInt16(project.outside))
        try daemon.stop()
    }

    /// What is opened is what `xdg-open` is given, where there is a display.
    @Test func opensABrowser() throws {
        let outcome = try project.scratch.shell(
            """
            mkdir ../bin && printf '#!/bin/sh\\necho "$1" >%s/opened\\n' "$PWD" >../bin/xdg-open && chmod +x ../bin/xdg-open
            PATH="$PWD/../bin:$PATH" DISPLAY= "$LAUNCHER" dashboard -q >none; ls
            PATH="$PWD/../bin:$PATH" DISPLAY=:9 "$LAUNCHER" dashboard -q >told
            until [ -s opened ]; do sleep 0.01; done
            cmp told opened && "$LAUNCHER" daemon stop -q
            """)
        #expect(outcome.output == "none\n" && outcome.ending == .exited(0), "\(outcome)")
    }
}
