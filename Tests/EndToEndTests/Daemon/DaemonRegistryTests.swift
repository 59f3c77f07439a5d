import PortrunBase
import PortrunLaunch
import Testing

/// What others do to the registry of a daemon that runs.
@Suite(.timeLimit(.minutes(30)))
struct DaemonRegistryTests {
    private static let booking = JSONValue.object(["context": .string("shop"), "services": .array([.string("web")])])

    /// After an upgrade, an older daemon goes on running for a while.
    @Test func oneOfANewerPortrunIsLeftAlone() throws {
        let daemon = try TestDaemon()
        #expect(try daemon.ask("POST", "/api/v1/bookings", body: Self.booking).status == 200)
        let stream = try EventStream(of: daemon)
        let upgrade = try daemon.project.scratch.run([
            "/usr/bin/env", "python3", "-c",
            """
            import sqlite3, sys
            database = sqlite3.connect(sys.argv[1])
            version = database.execute("PRAGMA user_version").fetchone()[0]
            database.execute("PRAGMA user_version = %d" % (version + 1))
            """, daemon.project.scratch.registry,
        ])
        #expect(upgrade.ending == .exited(0), "\(upgrade)")
        for (method, path, body) in [
            ("POST", "/api/v1/bookings", Self.booking), ("GET", "/api/v1/bookings", nil),
            ("DELETE", "/api/v1/bookings/1", nil),
        ] {
            let reply = try daemon.ask(method, path, body: body)
            #expect(reply.status == 503, "\(reply)")
            #expect(reply.json["type"]?.string == "urn:portrun:problem:registry")
            let hint = reply.json["hint"]?.string ?? ""
            let next = "restart the daemon (`portrun daemon stop`, then `portrun daemon start`)"
            #expect(hint.hasPrefix(next), "\(hint)")
        }
        // What it last was it may tell for a moment.
        try Deadline.wait(for: "the health to change") { try daemon.ask("GET", "/healthz").status == 503 }
        let status = try daemon.project.run("daemon", "status")
        #expect(status.ending == .exited(1) && status.output.contains("\(daemon.program.pid)"))
        let trouble = "portrun: the daemon with the pid \(daemon.program.pid) cannot use the registry: the registry "
        #expect(status.errors.hasPrefix(trouble) && status.errors.contains("; restart the daemon"), "\(status)")
        // Who was told of what happens is let go, and whoever asks is told why.
        try stream.waitForEnd()
        let events = try daemon.ask("GET", "/api/v1/events")
        #expect(events.status == 503 && events.json["type"]?.string == "urn:portrun:problem:registry", "\(events)")
        let start = try daemon.project.run("daemon", "start")
        #expect(start.ending == .exited(1), "\(start)")
        #expect(
            start.errors.hasPrefix(
                "portrun: error: the daemon with the pid \(daemon.program.pid) runs, and cannot use the registry: "),
            "\(start)")
        #expect(try daemon.ask("GET", "/api/v1/daemon").status == 200)
        try daemon.stop()
    }

    /// Whoever keeps others waiting is named, by a command line that may hold anything.
    @Test func aHostileCommandLineIsToldAsText() throws {
        let daemon = try TestDaemon()
        let script = """
            import sqlite3, sys
            database = sqlite3.connect(sys.argv[2], isolation_level=None)
            database.execute("BEGIN IMMEDIATE")
            print("locked", flush=True)
            sys.stdin.readline()
            """
        try FileSystem.replace(daemon.project.scratch.project + "/w.py", with: Array(script.utf8))
        let words = [
            "/usr/bin/python3", "w.py", "\u{1B}[31mX\nportrund: forged\u{202E}", daemon.project.scratch.registry,
        ]
        let writer = try daemon.project.scratch.start(words)
        try writer.wait(for: "locked\n")
        let reply = try daemon.ask("POST", "/api/v1/bookings", body: Self.booking)
        writer.closeInput()
        _ = try writer.finish()
        let detail = reply.json["detail"]?.string ?? ""
        #expect(reply.status == 503 && detail.contains("?[31mX?portrund: forged?"), "\(reply)")
        daemon.program.signal(SIGTERM)
        let log = try daemon.program.finish().errors
        #expect(log.contains("?[31mX?portrund: forged?"), "\(log)")
        #expect(!log.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
        #expect(!log.contains("\nportrund: forged"))
    }
}
