import TestSupport
import Testing

@testable import PortrunBase

@Suite(.timeLimit(.minutes(30)))
struct CapturedProgramTests {
    /// What a project calls by the name of a tool is never run.
    @Test(arguments: [".", "", "bin", "./bin", ".:", "::"])
    func isNotLookedUpInARelativeFolder(_ path: String) throws {
        let folder = try TemporaryFolder()
        for name in ["git", "bin/git"] {
            try folder.write("#!/bin/sh\necho ran\n", to: name)
            chmod("\(folder.path)/\(name)", 0o755)
        }
        #expect(CapturedProgram(.git, environment: Environment(["PATH": "\(folder.path)/bin"])) != nil)
        #expect(CapturedProgram(.git, environment: Environment(["PATH": path])) == nil)
    }

    @Test func tellsStatusAndOutput() {
        let answer = run("echo one; echo two >&2; exit 3")
        #expect(answer.status == 3)
        #expect(answer.output == "one\n")
        #expect(run("kill -9 $$").status == nil)
    }

    /// Whether it prints, is silent, or has closed its output; and what it has started goes with it.
    @Test(arguments: ["sleep 600", "while :; do echo x; done", "exec >&-; sleep 600", "trap '' TERM; sleep 600 & wait"])
    func endsWithAllThatItStartedWhenItTakesTooLong(_ script: String) throws {
        let folder = try TemporaryFolder()
        let start = MonotonicClock.milliseconds()
        let answer = run("echo $$ >'\(folder.path)/pid'; \(script)", for: .milliseconds(300))
        #expect(answer.status == nil)
        #expect((300..<60_000).contains(MonotonicClock.milliseconds() - start))
        let text = String(decoding: try FileSystem.read("\(folder.path)/pid"), as: UTF8.self)
        let group = try #require(pid_t(text.dropLast()))
        // Orphans are reaped by somebody else, who may take a moment.
        while kill(-group, 0) == 0 { usleep(1000) }
        #expect(errno == ESRCH)
    }

    /// Other threads may have children of their own to wait for.
    @Test func leavesTheSignalOfChildrenToTheProcess() async throws {
        var handler = sigaction()
        var before = sigaction()
        handler.sa_flags = SA_RESTART | SA_NOCLDSTOP
        sigaction(SIGCHLD, &handler, &before)
        defer { sigaction(SIGCHLD, &before, nil) }
        let folder = try TemporaryFolder()
        let started = "\(folder.path)/started"
        async let answer = run(
            "touch '\(started)'; while test -e '\(started)'; do sleep 0.01; done; echo ended", for: .seconds(500))
        while FileSystem.kind(of: started) == nil { await Task.yield() }
        var now = sigaction()
        sigaction(SIGCHLD, nil, &now)
        unlink(started)
        #expect(now.sa_flags & SA_NOCLDSTOP != 0)
        #expect(await answer.output == "ended\n")
    }

    private func run(_ script: String, for patience: Duration = .seconds(60)) -> (status: Int32?, output: String) {
        CapturedProgram(Array("/bin/sh".utf8), environment: Environment(["PATH": "/usr/bin:/bin"]))
            .run(["sh", "-c", script], until: Deadline(after: patience))
    }
}
