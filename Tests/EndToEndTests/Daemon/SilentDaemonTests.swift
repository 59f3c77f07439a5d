import Foundation
import PortrunBase
import PortrunLaunch
import Testing

/// `portrun daemon` beside a daemon that has its lock and does not answer.
@Suite(.timeLimit(.minutes(30)))
struct SilentDaemonTests {
    let project: Project
    private var folder: String { Path.parent(project.scratch.registry) }

    init() throws { project = try Project() }

    private func silence(_ pid: Int32) -> String {
        """
        the daemon with the pid \(pid) has `\(folder)/portrund.lock` and does not answer
        """
    }

    /// Its socket was taken away: nobody gets to it any more.
    @Test func isNamedAndEnded() throws {
        let daemon = try TestDaemon(in: project)
        let pid = daemon.program.pid
        try #require(unlink(daemon.socket) == 0)
        let hint = "portrun: hint: `portrun daemon stop` ends it\n"
        let error = "portrun: error: \(silence(pid))\n" + hint
        #expect(
            try project.run("daemon", "status")
                == Outcome(
                    ending: .exited(1), output: "",
                    errors: "portrun: \(silence(pid)); `portrun daemon stop` ends it\n"))
        #expect(
            try project.run("daemon", "status", "--json")
                == Outcome(
                    ending: .exited(1), output: "null\n",
                    errors: "portrun: \(silence(pid)); `portrun daemon stop` ends it\n"))
        #expect(
            try project.run("daemon", "start") == Outcome(ending: .exited(125), output: "", errors: error))
        #expect(
            try project.run("dashboard", "--no-open") == Outcome(ending: .exited(125), output: "", errors: error))
        #expect(
            try project.run("daemon", "stop")
                == Outcome(
                    ending: .exited(0), output: "", errors: "portrun: the daemon with the pid \(pid) has ended\n"))
        #expect(try daemon.program.finish().ending == .exited(0))
        #expect(try project.run("daemon", "stop").errors == "portrun: no daemon runs\n")
    }

    /// A suspended one is named soon, and ended as it would end by itself.
    @Test func aSuspendedOneIsNamedAndEnded() throws {
        let daemon = try TestDaemon(in: project)
        let pid = daemon.program.pid
        daemon.program.signal(SIGSTOP)
        defer { kill(pid, SIGKILL) }
        let began = ContinuousClock.now
        let status = try project.run("daemon", "status")
        #expect(ContinuousClock.now - began < .seconds(6), "a busy machine has twice the 3 seconds")
        #expect(status.ending == .exited(1))
        #expect(status.errors == "portrun: \(silence(pid)); `portrun daemon stop` ends it\n")
        #expect(
            try project.run("dashboard", "--no-open").errors
                == "portrun: error: \(silence(pid))\nportrun: hint: `portrun daemon stop` ends it\n")
        #expect(
            try project.run("daemon", "stop")
                == Outcome(
                    ending: .exited(0), output: "", errors: "portrun: the daemon with the pid \(pid) has ended\n"))
        #expect(try daemon.program.finish().ending == .exited(0))
        #expect(FileSystem.kind(of: daemon.socket) == nil)
    }

    /// One that takes no signal is killed, where it is the one that has the lock.
    @Test func whoeverHasTheLockAndDoesNotEndIsKilled() throws {
        try #require(try project.run("list").ending == .exited(0))
        let script = """
            import fcntl, os, signal, sys
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            file = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(file, fcntl.LOCK_EX)
            fcntl.lockf(file, fcntl.LOCK_EX, 1)
            print("locked", flush=True)
            signal.pause()
            while True: signal.pause()
            """
        let deaf = try project.scratch.start(
            ["/usr/bin/env", "python3", "-c", script, folder + "/portrund.lock"])
        defer { kill(deaf.pid, SIGKILL) }
        try deaf.wait(for: "locked\n")
        #expect(
            try project.run("daemon", "stop")
                == Outcome(
                    ending: .exited(0), output: "",
                    errors: "portrun: the daemon with the pid \(deaf.pid) has ended: it was killed\n"))
        #expect(try deaf.finish().ending == .signalled(SIGKILL))
    }

    /// What a file says that nobody has locked is of a daemon that is gone.
    @Test func aLockWithoutAHolderIsNobody() throws {
        let daemon = try TestDaemon(in: project)
        daemon.program.signal(SIGKILL)
        _ = try daemon.program.finish()
        #expect(
            try project.run("daemon", "status").errors
                == "portrun: no daemon runs; `portrun daemon start` starts one\n")
        #expect(try project.run("daemon", "stop").errors == "portrun: no daemon runs\n")
    }

    /// What stands where the daemon has its files is named as it is.
    @Test func namesWhatStandsInTheWay() throws {
        try #require(try project.run("list").ending == .exited(0))
        func start() throws -> Outcome { try project.run("daemon", "start") }
        let lock = folder + "/portrund.lock"
        try #require(symlink("/etc/hosts", lock) == 0)
        #expect(
            try start()
                == Outcome(
                    ending: .exited(125), output: "",
                    errors: """
                        portrun: error: cannot lock `\(lock)`: Too many levels of symbolic links
                        portrun: hint: a link or a folder is there; remove it, then try again

                        """))
        unlink(lock)
        let socket = folder + "/portrund.sock"
        try #require(mkdir(socket, 0o700) == 0)
        #expect(
            try start()
                == Outcome(
                    ending: .exited(125), output: "",
                    errors: """
                        portrun: error: cannot listen on `\(socket)`: Address already in use
                        portrun: hint: a file or folder is in its way that is no socket; remove it, then try again

                        """))
        rmdir(socket)
        let log = folder + "/portrund.log"
        unlink(log)
        try #require(mkfifo(log, 0o600) == 0)
        #expect(
            try start()
                == Outcome(
                    ending: .exited(125), output: "",
                    errors: """
                        portrun: error: cannot use `\(log)`: not a regular file

                        """))
    }
}
