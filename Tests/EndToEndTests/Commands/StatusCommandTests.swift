import PortrunCore
import Testing

@Suite(.timeLimit(.minutes(1)))
struct StatusCommandTests {
    let project: Project

    init() throws { project = try Project() }

    @Test func tellsLiveFromIdle() throws {
        _ = try project.run("book", "api", "--context", "other/main")
        _ = try project.run("book", "mail")
        let (program, port) = try project.start()
        let lease = try #require(try Lease.all(in: project.scratch).first)
        let live = "project\tweb\t\(port)\tlive\t\(lease.pid ?? 0)\t/bin/sh -c echo ready $PORT; read line\n"
        let mail = "project\tmail\t\(project.first + 1)\tidle\t\t\n"
        #expect(try project.run("status") == .printed(live + mail))
        #expect(try project.run("status", "--live") == .printed(live))
        #expect(
            try project.run("status", "--all")
                == .printed("other/main\tapi\t\(project.first)\tidle\t\t\n" + live + mail))
        #expect(
            try project.run("status", "--context", "other/main")
                == .printed("other/main\tapi\t\(project.first)\tidle\t\t\n"))
        program.closeInput()
        _ = try program.finish()
        #expect(try project.run("status", "--live") == .printed(""))
        #expect(try project.run("status", "--live", "--json") == .printed("[]\n"))
    }

    @Test func neverBooksNorRecords() throws {
        #expect(try project.run("status") == .printed(""))
        #expect(try project.run("status", "--all", "--json") == .printed("[]\n"))
    }

    @Test func keepsARowOnOneLine() throws {
        let program = try project.scratch.start(
            [Program.portrun, "--", "/bin/sh", "-c", "echo ready; read line", "two\nlines\t\u{1B}[31m"])
        try program.wait(for: "ready")
        let outcome = try project.run("status")
        #expect(outcome.output.hasSuffix("\t/bin/sh -c echo ready; read line two?lines??[31m\n"))
        #expect(outcome.output.split(separator: "\n").count == 1)
        program.closeInput()
        _ = try program.finish()
    }

    @Test func hasHeadingsOnATerminal() throws {
        _ = try project.run("book", "api")
        let session = try project.scratch.startOnTerminal([Program.portrun, "status"])
        try session.wait(for: "CONTEXT  SERVICE  PORT   STATE  PID  COMMAND\r\n")
        try session.wait(for: "project  api      \(project.first)  idle\r\n")
        #expect(try session.finish() == .exited(0))
    }
}
