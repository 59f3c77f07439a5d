import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct StatusCommandTests {
    let project: Project

    init() throws { project = try Project() }

    @Test func tellsLiveFromIdle() throws {
        _ = try project.run("book", "api", "--context", "other/main")
        _ = try project.run("book", "mail")
        let (program, port) = try project.start()
        let lease = try #require(try Lease.all(in: project.scratch).first)
        let live =
            "project\tweb\t\(port)\t\t\tlive\tWHEN\t\(project.hash)\t\(lease.pid ?? 0)\t"
            + "/bin/sh -c echo ready $PORT; read line\n"
        let mail = "project\tmail\t\(project.first + 1)\t\t\tidle\tWHEN\t\(project.hash)\t\t\n"
        #expect(try status() == live + mail)
        #expect(try status("--live") == live)
        #expect(try status("--free") == mail)
        let hash = MD5.hexadecimal(of: "other/main".utf8).prefix(12)
        let api = "other/main\tapi\t\(project.first)\t\t\tidle\tWHEN\t\(hash)\t\t\n"
        #expect(try status("--all") == api + live + mail)
        #expect(try status("--context", "other/main") == api)
        program.closeInput()
        _ = try program.finish()
        #expect(try project.run("status", "--live") == .printed(""))
        #expect(try project.run("status", "--live", "--json") == .printed("[]\n"))
    }

    @Test func neverBooksNorRecords() throws {
        #expect(try project.run("status") == .printed(""))
        #expect(try project.run("status", "--all", "--json") == .printed("[]\n"))
    }

    @Test func hasTheDeclaredPortBesideThePort() throws {
        let declared = project.outside
        try project.scratch.write(
            "services: {db: {image: postgres, ports: ['\(declared)-\(declared + 1):5432-5433']}}\n",
            to: "compose.yaml")
        try project.take(declared)
        _ = try project.run("book", "--auto", "-q")
        let row = try status().split(separator: "\t", omittingEmptySubsequences: false)
        let first = try #require(Int(row[2].prefix(5)))
        #expect(first != declared && row[2] == "\(first)-\(first + 1)")
        #expect(row[3] == "\(declared)-\(declared + 1)")
        #expect(try project.run("status", "--json").output.contains("\"declared\": \(declared),"))
    }

    @Test func keepsARowOnOneLine() throws {
        let program = try project.scratch.start(
            [Program.portrun, "--", "/bin/sh", "-c", "echo ready; read line; : $PORT", "two\nlines\t\u{1B}[31m"])
        try program.wait(for: "ready")
        let outcome = try project.run("status")
        #expect(outcome.output.hasSuffix("\t/bin/sh -c echo ready; read line; : $PORT two?lines??[31m\n"))
        #expect(outcome.output.split(separator: "\n").count == 1)
        program.closeInput()
        _ = try program.finish()
    }

    @Test func hasHeadingsOnATerminal() throws {
        _ = try project.run("book", "api")
        let session = try project.scratch.startOnTerminal([Program.portrun, "status"])
        try session.wait(
            for:
                "LABEL    SERVICE  PORT   DECLARED  VARIABLE  STATE  LAST USED             CONTEXT       PID  COMMAND\r\n"
        )
        try session.wait(for: "project  api      \(project.first)                      idle   20")
        try session.wait(for: "Z  \(project.hash)\r\n")
        #expect(try session.finish() == .exited(0))
    }

    /// What it prints, without the times.
    private func status(_ words: String...) throws -> String {
        let outcome = try project.run(["status"] + words)
        #expect(outcome.ending == .exited(0))
        return outcome.output.replacing(/[0-9-]+T[0-9:]+Z/, with: "WHEN")
    }
}
