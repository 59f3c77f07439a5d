import Foundation
import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct ListCommandTests {
    let project: Project

    init() throws {
        project = try Project()
        _ = try project.run("book", "mail", "postgres")
        _ = try project.run("book", "api", "mail", "--context", "shop/main")
        _ = try project.run("book", "api", "--context", "shop/feature-auth")
    }

    /// The services and ports that are left of all bookings, by `list` and by `status`.
    static let filters: [(words: [String], list: [String], status: [String])] = [
        ([], ["mail 0", "postgres 10", "api 3", "api 1", "mail 2"], ["mail 0", "postgres 10"]),
        (
            ["--all"], ["mail 0", "postgres 10", "api 3", "api 1", "mail 2"],
            ["mail 0", "postgres 10", "api 3", "api 1", "mail 2"]
        ),
        (["--service", "mail"], ["mail 0", "mail 2"], ["mail 0"]),
        (["--app", "shop"], ["api 3", "api 1", "mail 2"], ["api 3", "api 1", "mail 2"]),
        (["--app", "shop", "--instance", "main"], ["api 1", "mail 2"], ["api 1", "mail 2"]),
        (["--instance", "feature/auth"], ["api 3"], ["api 3"]),
        (["--context", "shop/main", "--service", "api"], ["api 1"], ["api 1"]),
        (["--context", "nope"], [], []),
        (["--live"], [], []),
        (["--free", "--service", "api"], ["api 3", "api 1"], []),
    ]

    @Test(arguments: filters)
    func shows(_ words: [String], list: [String], status: [String]) throws {
        #expect(try services(["list"] + words) == list)
        #expect(try services(["status"] + words) == status)
    }

    @Test func takesTheHashForAContext() throws {
        #expect(try services(["list", "--context", project.hash]) == ["mail 0", "postgres 10"])
    }

    @Test func aPortThatSomebodyListensOnIsNotFree() throws {
        let server = try Server(on: "127.0.0.1", port: project.first, in: project.scratch)
        #expect(try services(["status", "--free"]) == ["postgres 10"])
        #expect(try row(of: "mail", in: project.run("status").output).contains("\tlistening\t"))
        try server.close()
        #expect(try services(["status", "--free"]) == ["mail 0", "postgres 10"])
    }

    @Test func hasAColumnForEachThing() throws {
        let port = project.outside
        try project.scratch.write(
            "services: {db: {image: postgres, ports: ['${DB_PORT:-\(port)}:5432/udp']}}\n", to: "compose.yaml")
        _ = try project.run("book", "--auto")
        let outcome = try project.run("list", "--service", "db")
        #expect(
            outcome.output.replacing(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, with: "WHEN")
                == "project\tdb\t\(port)/udp\t\(port)\tDB_PORT\tidle\tWHEN\t\(project.hash)\t\t\n")
    }

    @Test func printsNumbersOrObjects() throws {
        let first = project.first
        #expect(
            try project.run("list", "-q", "--app", "shop") == .printed("\(first + 3)\n\(first + 1)\n\(first + 2)\n"))
        let outcome = try project.run("list", "--json")
        let ports = try JSONDecoder().decode([Lease].self, from: Data(outcome.output.utf8)).map(\.port)
        #expect(ports == [first, project.postgres, first + 3, first + 1, first + 2])
        #expect(try project.run("list", "--service", "nope", "--json") == .printed("[]\n"))
    }

    @Test func hasHeadingsOnATerminal() throws {
        let session = try project.scratch.startOnTerminal([Program.portrun, "list", "--app", "shop"])
        try session.wait(
            for:
                "LABEL              SERVICE  PORT   DECLARED  VARIABLE  STATE  LAST USED             CONTEXT       PID  COMMAND\r\n"
        )
        try session.wait(for: "shop/feature-auth  api      \(project.first + 3)                      idle   20")
        #expect(try session.finish() == .exited(0))
    }

    @Test(arguments: [("--service", "no booking matches"), ("--registry", "nothing booked")])
    func saysWhyThereIsNothing(_ option: String, _ notice: String) throws {
        let session = try project.scratch.startOnTerminal([Program.portrun, "list", option, "nope"])
        try session.wait(for: "portrun: \(notice)\r\n")
        #expect(try session.finish() == .exited(0))
    }

    @Test func wideCharactersTakeTwoColumns() throws {
        _ = try project.run("book", "日本", "--context", "wide")
        _ = try project.run("book", "abcde", "--context", "wide")
        let session = try project.scratch.startOnTerminal([Program.portrun, "list", "--app", "wide"])
        try session.wait(for: "wide   日本     \(project.first + 4)  ")
        try session.wait(for: "wide   abcde    \(project.first + 5)  ")
        #expect(try session.finish() == .exited(0))
    }

    @Test func looksWhileAnotherProcessWrites() throws {
        let writer = try project.scratch.start([
            "/usr/bin/python3", "-c",
            """
            import sqlite3, sys
            connection = sqlite3.connect(sys.argv[1], isolation_level=None)
            connection.execute("BEGIN IMMEDIATE")
            print("locked", flush=True)
            sys.stdin.read()
            """, project.scratch.registry,
        ])
        try writer.wait(for: "locked")
        #expect(try services(["status"]) == ["mail 0", "postgres 10"])
        writer.closeInput()
        _ = try writer.finish()
    }

    /// `service` and its distance from the first port of the default range, of each row.
    private func services(_ words: [String]) throws -> [String] {
        let outcome = try project.run(words)
        #expect(outcome.ending == .exited(0) && outcome.errors.isEmpty, "\(outcome)")
        return outcome.output.split(separator: "\n").map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            return "\(fields[1]) \((Int(fields[2]) ?? 0) - project.first)"
        }
    }

    private func row(of service: String, in output: String) throws -> Substring {
        try #require(output.split(separator: "\n").first { $0.contains("\t\(service)\t") })
    }
}
