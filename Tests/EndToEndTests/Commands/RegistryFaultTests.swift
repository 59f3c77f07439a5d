import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// What stands in the registry's place, or in its way: a line, an exit status, and nothing destroyed.
@Suite(.timeLimit(.minutes(30)))
struct RegistryFaultTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// A shortened file is set aside as it is, wherever it was cut.
    @Test func aTruncatedFileIsSetAsideWhole() throws {
        _ = try scratch.run([Program.portrun, "book", "web", "db", "mail"])
        try python("PRAGMA wal_checkpoint(TRUNCATE)")
        let whole = try FileSystem.read(scratch.registry)
        // The last page is that of the settings, which `get` does not read.
        let end = whole.count - 1024
        let cuts = Array(stride(from: 1024, through: end, by: 1024)) + Array(stride(from: 700, to: end, by: 4096))
        #expect(cuts.count > 8)
        for cut in cuts {
            let place = scratch.path + "/cut-\(cut)"
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
            let file = place + "/registry.sqlite"
            try Data(whole.prefix(cut)).write(to: URL(fileURLWithPath: file))
            let outcome = try scratch.run([Program.portrun, "get", "web", "-q", "--registry", file])
            #expect(outcome.ending == .exited(0), "cut at \(cut): \(outcome)")
            let aside = try #require(
                outcome.errors.firstMatch(of: /was corrupt: set aside as `(.*)`, a new one made\n/),
                "cut at \(cut): \(outcome)")
            #expect(try FileSystem.read(String(aside.1)) == Array(whole.prefix(cut)))
        }
    }

    @Test func anEmptyFileIsANewRegistry() throws {
        try Data().write(to: URL(fileURLWithPath: scratch.registry))
        let outcome = try scratch.run([Program.portrun, "get", "web", "-q"])
        #expect(outcome.ending == .exited(0) && outcome.errors.isEmpty, "\(outcome)")
    }

    /// SQLite would begin a new file, and a new log.
    @Test(arguments: [": >", "rm"])
    func aLogWithoutItsFileIsSetAside(_ change: String) throws {
        _ = try scratch.run([Program.portrun, "book", "web"])
        let log = try FileSystem.read(scratch.registry + "-wal")
        #expect(!log.isEmpty)
        _ = try scratch.shell("\(change) \"$PORTRUN_REGISTRY\"")
        let outcome = try scratch.run([Program.portrun, "list", "--all"])
        let warning = /portrun: warning: the registry `.*` was corrupt: set aside as `(.*)`, a new one made\n/
        let aside = try #require(outcome.errors.wholeMatch(of: warning), "\(outcome)")
        #expect(outcome.ending == .exited(0) && outcome.output.isEmpty)
        #expect(try FileSystem.read(aside.1 + "-wal") == log)
    }

    @Test(
        arguments: [
            ("CREATE TABLE moz(x)", "it has a table `moz`, and no version"),
            ("CREATE TABLE moz(x); PRAGMA user_version = 1", "it has no table `contexts`"),
            ("CREATE TABLE moz(x); PRAGMA user_version = 10", "no such table: contexts"),
            ("PRAGMA user_version = -1", "its `user_version` is -1"),
        ])
    func aDatabaseOfAnotherProgramIsLeftAlone(_ statements: String, _ reason: String) throws {
        try python(statements.components(separatedBy: "; "))
        let before = try FileSystem.read(scratch.registry)
        #expect(
            try scratch.run([Program.portrun, "list"])
                == .failed(
                    125,
                    """
                    portrun: error: `\(scratch.registry)` is no registry, or a damaged one: \(reason)
                    portrun: hint: move it away, and a new one is made; or name another file with `--registry` or \
                    `PORTRUN_REGISTRY`

                    """))
        for words in [["--", "true"], ["book", "web"], ["gc"], ["doctor"]] {
            #expect(try scratch.run([Program.portrun] + words).ending == .exited(125))
        }
        #expect(try FileSystem.read(scratch.registry) == before)
    }

    /// Numbers that no portrun writes, and that the tables let through.
    @Test(
        arguments: [
            "UPDATE bookings SET count = 9223372036854775807", "UPDATE bookings SET count = -9223372036854775808",
            "UPDATE bookings SET last_used = -9223372036854775808", "UPDATE bookings SET target = -1",
            "UPDATE contexts SET last_used = -9223372036854775808",
            "UPDATE contexts SET last_used = 9223372036854775807",
            "UPDATE leases SET created_at = -9223372036854775808", "UPDATE leases SET created_at = 9223372036854775807",
            "UPDATE leases SET created_at = -9223372036854775808, host = 'q', boot_id = 'q', pid = 77",
            "UPDATE leases SET start = -1, pidfd_id = -1, pid = -9223372036854775808",
            "UPDATE leases SET bookings = 'x'",
            "INSERT INTO ranges VALUES ('web', -1, 9223372036854775807)",
        ])
    func noNumberIsTooLarge(_ statement: String) throws {
        _ = try scratch.run([Program.portrun, "book", "web", "mail", "--ttl", "1000"])
        try python([statement])
        let commands = [
            ["list", "--all", "--json"], ["status"], ["check", "3000"], ["find"], ["get", "web"], ["book", "other"],
            ["explain", "true"], ["export"], ["renew", "web"], ["lookup", "web"], ["doctor"], ["gc", "--stale", "1"],
            ["book", "web", "--block", "3"], ["run", "--", "true"], ["gc"], ["release", "--all"],
        ]
        for words in commands {
            let outcome = try scratch.run([Program.portrun] + words)
            #expect([0, 1, 125].contains { outcome.ending == .exited($0) }, "\(words): \(outcome)")
        }
    }

    @Test(.enabled(if: OtherUser.asNobody != nil, "needs root and setpriv"))
    func whatCannotBeSetAsideIsAnError() throws {
        let garbage = Array("this is not a database\n".utf8)
        try FileSystem.replace(scratch.registry, with: garbage)
        _ = try scratch.shell(
            "chown nobody \"$PORTRUN_REGISTRY\" && : > \"$PORTRUN_REGISTRY.lock\" && chmod 666 \"$PORTRUN_REGISTRY.lock\""
        )
        #expect(
            try asNobody("/", ["list"], registry: scratch.registry)
                == .failed(
                    125,
                    """
                    portrun: error: cannot open the registry `\(scratch.registry)`: it is corrupt, and cannot be set \
                    aside: Permission denied
                    portrun: hint: name another file with `--registry` or `PORTRUN_REGISTRY`

                    """))
        #expect(try FileSystem.read(scratch.registry) == garbage)
    }

    @Test func aLoopOfLinksIsAnError() throws {
        try FileManager.default.createSymbolicLink(
            atPath: scratch.registry, withDestinationPath: scratch.registry)
        #expect(
            try scratch.run([Program.portrun, "get", "web"])
                == .failed(
                    125,
                    """
                    portrun: error: cannot open the registry `\(scratch.registry)`: \(String(cString: strerror(ELOOP)))
                    portrun: hint: name another file with `--registry` or `PORTRUN_REGISTRY`

                    """))
    }

    @Test(arguments: ["get web", "list", "gc", "-- true"])
    func aNewerSchemaIsLeftAlone(_ line: String) throws {
        _ = try scratch.run([Program.portrun, "book", "web"])
        try python("PRAGMA user_version = 99", "PRAGMA wal_checkpoint(TRUNCATE)")
        let before = try FileSystem.read(scratch.registry)
        let outcome = try scratch.run([Program.portrun] + line.split(separator: " ").map(String.init))
        #expect(outcome.ending == .exited(125))
        #expect(
            outcome.errors.hasPrefix(
                "portrun: error: the registry `\(scratch.registry)` has schema 99, this portrun "))
        #expect(outcome.errors.hasSuffix("portrun: hint: update portrun, or name another file with `--registry`\n"))
        #expect(try FileSystem.read(scratch.registry) == before)
    }

    /// Files that only another user may write, or read, with what is said of them.
    @Test(
        .enabled(if: OtherUser.asNobody != nil, "needs root and setpriv"),
        arguments: [
            ("chmod 644 registry.sqlite*", "portrun: error: the registry `REGISTRY` is read-only"),
            ("chmod 600 registry.sqlite*", "portrun: error: cannot open the registry `REGISTRY`: "),
            ("rm registry.sqlite*", "portrun: error: cannot open the registry `REGISTRY`: Permission denied"),
        ])
    func aFileOfAnotherUserIsAnError(_ change: String, _ message: String) throws {
        _ = try scratch.run([Program.portrun, "book", "web"])
        _ = try scratch.shell("cd \"$(dirname \"$PORTRUN_REGISTRY\")\" && \(change)")
        let before = try? FileSystem.read(scratch.registry)
        let outcome = try asNobody("/", ["get", "other"], registry: scratch.registry)
        #expect(outcome.ending == .exited(125), "\(outcome)")
        #expect(
            outcome.errors.hasPrefix(message.replacing("REGISTRY", with: scratch.registry)), "\(outcome.errors)")
        #expect(outcome.errors.hasSuffix("portrun: hint: name another file with `--registry` or `PORTRUN_REGISTRY`\n"))
        #expect((try? FileSystem.read(scratch.registry)) == before)
    }

    @Test(.enabled(if: OtherUser.asNobody != nil, "needs root and setpriv"), arguments: ["home", "gone"])
    func aHomeThatCannotBeWrittenIsAnError(_ name: String) throws {
        let home = scratch.path + "/" + name
        let folder = home + (name == "home" ? "/.local" : "")
        let outcome = try asNobody(home, ["--", "/bin/echo", "ran"], registry: "")
        #expect(
            outcome
                == .failed(
                    125,
                    """
                    portrun: error: cannot make the folder `\(folder)`: Permission denied
                    portrun: hint: name another file with `--registry` or `PORTRUN_REGISTRY`

                    """))
    }

    /// Every booking that was told before the disk was full is there afterwards.
    @Test(.enabled(if: OwnMounts.areAllowed, "needs to be allowed to mount"))
    func aFullDiskIsAnErrorAndLosesNothing() throws {
        let outcome = try scratch.shell(
            """
            unshare -m sh -c '
            mkdir disk && mount -t tmpfs -o size=128k,mode=700 none disk && export PORTRUN_REGISTRY=$PWD/disk/registry.sqlite
            "$LAUNCHER" book web -q && cat /dev/zero >disk/filler 2>/dev/null
            for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
                "$LAUNCHER" book s$n -q || { echo "status $?"; break; }
            done
            rm disk/filler; "$LAUNCHER" get web -q --no-book'
            """)
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.first != nil && lines.first == lines.last, "\(outcome)")
        #expect(lines.contains("status 125"), "\(outcome)")
        let registry = scratch.project + "/disk/registry.sqlite"
        #expect(
            outcome.errors == """
                portrun: error: no space left for the registry `\(registry)`
                portrun: hint: free some space; nothing was changed

                """)
    }

    private func python(_ statements: String...) throws { try python(statements) }

    private func python(_ statements: [String]) throws {
        let script = """
            import sqlite3, sys
            connection = sqlite3.connect(sys.argv[1], isolation_level=None)
            for statement in sys.argv[2:]: connection.execute(statement).fetchall()
            """
        let outcome = try scratch.run(["/usr/bin/python3", "-c", script, scratch.registry] + statements)
        try #require(outcome == .printed(""))
    }

    /// Runs portrun as a user without any right, in `/`.
    private func asNobody(_ home: String, _ words: [String], registry: String) throws -> Outcome {
        let prefix = try #require(OtherUser.asNobody)
        return try scratch.run(
            prefix + [Program.portrun] + words,
            environment: ["HOME=\(home)", "PORTRUN_REGISTRY=\(registry)", "PATH=/usr/bin:/bin", "LC_ALL=C"])
    }
}
