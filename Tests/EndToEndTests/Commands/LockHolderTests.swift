import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// Somebody else is writing to the registry, and does not come to an end.
@Suite(.timeLimit(.minutes(30)))
struct LockHolderTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func whoWaitsIsToldForWhom() throws {
        let writer = try Writer(scratch)
        let program = try scratch.start([Program.portrun, "get", "web"])
        let line =
            "portrun: warning: waiting for \(writer.name), which is writing to the registry `\(scratch.registry)`\n"
        try program.errors.wait(for: line, errors: program.errors)
        try writer.end()
        let outcome = try program.finish()
        #expect(outcome.ending == .exited(0) && !outcome.output.isEmpty && outcome.errors == line, "\(outcome)")
    }

    /// Neither who stands first in the queue nor those behind.
    @Test func nobodyWaitsForEver() throws {
        let writer = try Writer(scratch)
        let commands = [["get", "web"], ["run", "--", "true"], ["book", "db"], ["get", "web", "-q"]]
        let programs = try commands.map { try scratch.start([Program.portrun] + $0) }
        let line =
            "portrun: warning: waiting for \(writer.name), which is writing to the registry `\(scratch.registry)`\n"
        let error = """
            portrun: error: registry busy: \(writer.name) has been writing to `\(scratch.registry)` for 10 s
            portrun: hint: see what it does, or end it with `kill \(writer.pid)`

            """
        for (program, words) in zip(programs, commands) {
            #expect(try program.finish() == .failed(125, (words.contains("-q") ? "" : line) + error))
        }
        try writer.end()
        #expect(try scratch.run([Program.portrun, "get", "web", "--no-book"]).ending == .exited(1))
    }

    @Test func aStoppedWriterIsToldAsStopped() throws {
        let writer = try Writer(scratch)
        writer.program.signal(SIGSTOP)
        let outcome = try scratch.run([Program.portrun, "--", "true"])
        #expect(
            outcome
                == .failed(
                    125,
                    """
                    portrun: warning: waiting for \(writer.name), which was stopped while it was writing to the registry \
                    `\(scratch.registry)`: `kill -CONT \(writer.pid)` lets it go on
                    portrun: error: registry busy: \(writer.name), which is stopped, has been writing to \
                    `\(scratch.registry)` for 10 s
                    portrun: hint: `kill -CONT \(writer.pid)` lets it go on, `kill -KILL \(writer.pid)` ends it

                    """))
        writer.program.signal(SIGCONT)
        try writer.end()
        #expect(try scratch.run([Program.portrun, "--", "echo", "on"]) == .printed("on\n"))
    }

    /// The one that stands first in the queue, and the one behind it.
    @Test(arguments: [SIGSTOP, SIGKILL])
    func oneWhoWaitsAndIsStoppedOrKilledHoldsUpNobody(_ signal: Int32) throws {
        let writer = try Writer(scratch)
        let first = try waiting("first")
        let second = try waiting("second")
        first.signal(signal)
        try writer.end()
        let start = MonotonicClock.milliseconds()
        #expect(try second.finish().ending == .exited(0))
        #expect(try scratch.run([Program.portrun, "get", "third", "-q"]).ending == .exited(0))
        #expect(MonotonicClock.milliseconds() - start < 5000)
        first.signal(SIGCONT)
        #expect(try first.finish().ending == (signal == SIGSTOP ? .exited(0) : .signalled(SIGKILL)))
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func aSignalEndsTheWaitOfALaunch(_ signal: Int32) throws {
        let writer = try Writer(scratch)
        let program = try scratch.start([Program.portrun, "--", "echo", "ran"])
        try program.errors.wait(for: "waiting for \(writer.name)", errors: program.errors)
        let start = MonotonicClock.milliseconds()
        program.signal(signal)
        let outcome = try program.finish()
        #expect(outcome.ending != .exited(0) && outcome.output.isEmpty, "\(outcome)")
        #expect(MonotonicClock.milliseconds() - start < 5000)
        try writer.end()
    }

    /// The lease that is left behind is that of a dead process.
    @Test func aSignalEndsTheWaitAtTheEndOfALaunch() throws {
        let program = try scratch.start([
            Program.portrun, "--", "/bin/sh", "-c", "echo ready; read line; : $PORT; exit 7",
        ])
        try program.wait(for: "ready")
        let writer = try Writer(scratch)
        program.closeInput()
        try program.errors.wait(for: "waiting for \(writer.name)", errors: program.errors)
        let start = MonotonicClock.milliseconds()
        program.signal(SIGINT)
        let outcome = try program.finish()
        #expect(outcome.ending == .exited(7) && outcome.errors.contains("a signal ended the waiting"), "\(outcome)")
        #expect(MonotonicClock.milliseconds() - start < 5000)
        try writer.end()
        #expect(try scratch.run([Program.portrun, "status", "--all", "--json"]).output.contains("\"idle\""))
    }

    @Test func aPromptDoesNotWait() throws {
        try FileManager.default.createDirectory(atPath: scratch.project + "/.git", withIntermediateDirectories: true)
        try scratch.write("services: {db: {image: postgres, ports: ['5432:5432']}}\n", to: "compose.yaml")
        try #require(try scratch.run([Program.portrun, "allow", "-q"]).ending == .exited(0))
        let writer = try Writer(scratch)
        let start = MonotonicClock.milliseconds()
        let outcome = try scratch.run([Program.portrun, "export", "--hook"])
        #expect(MonotonicClock.milliseconds() - start < 1000)
        #expect(outcome.errors.hasPrefix("portrun: error: registry busy: \(writer.name) "), "\(outcome)")
        try writer.end()
        // What the shell was told to remember does not keep the next prompt from trying again.
        let again = try scratch.shell(
            "eval '\(outcome.output)'; PORTRUN_WATCH=$_portrun_watch \"$LAUNCHER\" export --hook")
        #expect(again.output.contains("export DB_PORT="), "\(again)")
    }

    /// Who opens the log first makes its index, and lets nobody else open it meanwhile.
    @Test func oneWhoIsStoppedWhileItOpensTheLogIsTold() throws {
        try scratch.write("services: {db: {image: postgres, ports: ['5432:5432']}}\n", to: "compose.yaml")
        try #require(try scratch.run([Program.portrun, "allow", "-q"]).ending == .exited(0))
        try scratch.write(
            """
            import fcntl, sys
            file = open(sys.argv[1] + "-shm", "r+b")
            fcntl.lockf(file, fcntl.LOCK_EX, 1, 128)
            print("locked", flush=True)
            sys.stdin.read()
            """, to: "o.py")
        let opener = try scratch.start(["/usr/bin/python3", "o.py", scratch.registry])
        try opener.wait(for: "locked")
        opener.signal(SIGSTOP)
        let outcome = try scratch.run([Program.portrun, "get", "web"])
        let lines = outcome.errors.split(separator: "\n")
        try #require(lines.count == 3 && outcome.ending == .exited(125), "\(outcome)")
        #expect(lines[0].hasPrefix("portrun: warning: waiting for process \(opener.pid) (`/usr/bin/python3 o.py "))
        #expect(lines[0].contains(", which was stopped while "))
        #expect(lines[1].hasPrefix("portrun: error: registry busy: process \(opener.pid) (`/usr/bin/python3 o.py "))
        #expect(lines[2].hasPrefix("portrun: hint: `kill -CONT \(opener.pid)` lets it go on"))
        let start = MonotonicClock.milliseconds()
        let prompt = try scratch.run([Program.portrun, "export", "--hook"])
        #expect(MonotonicClock.milliseconds() - start < 2000, "a prompt waits for nobody")
        #expect(prompt.errors.hasPrefix("portrun: error: registry busy: process \(opener.pid) "), "\(prompt)")
        let program = try scratch.start([Program.portrun, "get", "web"])
        try program.errors.wait(for: "waiting for process \(opener.pid) ", errors: program.errors)
        opener.signal(SIGCONT)
        opener.closeInput()
        _ = try opener.finish()
        #expect(try program.finish().ending == .exited(0))
    }

    #if os(Linux)
        private static let canUnshare = (try? Scratch().shell("unshare --pid --fork true").ending) == .exited(0)

        @Test(.enabled(if: canUnshare, "needs to be allowed to make a pid namespace"))
        func aWriterOutsideOfTheContainerIsToldAsOutOfSight() throws {
            let writer = try Writer(scratch)
            let outcome = try scratch.run(
                ["/usr/bin/unshare", "--pid", "--fork", "--mount-proc", Program.portrun, "get", "web", "-q"])
            #expect(
                outcome
                    == .failed(
                        125,
                        """
                        portrun: error: registry busy: a process out of sight (in a container perhaps) has been writing \
                        to `\(scratch.registry)` for 10 s
                        portrun: hint: see which container has it open, or try again

                        """))
            try writer.end()
        }
    #endif

    /// Starts `portrun get`, and waits until it says that it waits.
    private func waiting(_ service: String) throws -> RunningProgram {
        let program = try scratch.start([Program.portrun, "get", service])
        try program.errors.wait(for: "portrun: warning: waiting for ", errors: program.errors)
        return program
    }
}

/// A process that holds the registry's write lock until it is told to end.
private struct Writer {
    let program: RunningProgram
    let pid: Int32
    /// As portrun tells it.
    let name: String

    init(_ scratch: Scratch) throws {
        _ = try scratch.run([Program.portrun, "list"])
        try scratch.write(
            """
            import sqlite3, sys
            connection = sqlite3.connect(sys.argv[1], isolation_level=None)
            connection.execute("BEGIN IMMEDIATE")
            print("locked", flush=True)
            sys.stdin.read()
            """, to: "w.py")
        program = try scratch.start(["/usr/bin/python3", "w.py", scratch.registry])
        pid = program.pid
        let command = "/usr/bin/python3 w.py \(scratch.registry)"
        name = "process \(pid) (`\(command.count > 80 ? command.prefix(79) + "…" : command[...])`)"
        try program.wait(for: "locked")
    }

    func end() throws {
        program.closeInput()
        _ = try program.finish()
    }
}
