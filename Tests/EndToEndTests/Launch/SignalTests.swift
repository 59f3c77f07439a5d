import PortrunBase
import PortrunLaunch
import Testing

/// Signals that are sent to portrun, by its pid, reach the command.
@Suite(.timeLimit(.minutes(30)))
struct SignalTests {
    /// The largest, so that all others that are pending have been passed on before it.
    static let last: Int32 = SIGCHLD == 17 ? 64 : 31

    /// Those that can be caught.
    static let numbers = EndingTests.signals.filter { $0 != SIGKILL && $0 != SIGSTOP && $0 != last }

    @Test("Each signal reaches the command once, and each repetition", arguments: LaunchMode.allCases)
    func forwardsEachOnce(_ mode: LaunchMode) throws {
        let program = try Scratch().start(mode.words + [Program.probe, "signals", "\(Self.last)"])
        let pid = try program.number(after: "ready")
        var expected = "ready \(pid)\n"
        for number in Self.numbers + Self.numbers + [Self.last] {
            program.signal(number)
            try program.wait(for: "got \(number)\n")
            expected += "got \(number)\n"
        }
        #expect(try program.finish() == Outcome(ending: .exited(0), output: expected, errors: ""))
    }

    #if os(Linux)
        @Test("Real-time signals are queued, none is lost")
        func queuesRealTimeSignals() throws {
            let program = try Scratch().start(
                LaunchMode.child.words + [Program.probe, "signals", "\(Self.last)"])
            let pid = try program.number(after: "ready")
            for _ in 0..<20 { program.signal(40) }
            program.signal(Self.last)
            let expected = "ready \(pid)\n" + String(repeating: "got 40\n", count: 20) + "got \(Self.last)\n"
            #expect(try program.finish().output == expected)
        }
    #endif

    @Test("What the command does with a signal decides, not portrun", arguments: LaunchMode.allCases)
    func outlivesIgnoredInterrupt(_ mode: LaunchMode) throws {
        let script = "trap '' INT; trap 'echo term' TERM; echo ready; while ! read line; do :; done; exit 4"
        let program = try Scratch().start(mode.words + ["/bin/sh", "-c", script])
        try program.wait(for: "ready\n")
        program.signal(SIGINT)
        program.signal(SIGTERM)
        try program.wait(for: "term\n")
        #expect(!program.hasExited())
        program.write("go\n")
        #expect(try program.finish().ending == .exited(4))
    }

    @Test("A signal that came ignored stays without effect", arguments: LaunchMode.allCases)
    func keepsIgnored(_ mode: LaunchMode) throws {
        let program = try Scratch().start(
            [Program.probe, "with", "ignore=\(SIGHUP)", "--"] + mode.words
                + ["/bin/sh", "-c", "echo ready; read line; exit 4"])
        try program.wait(for: "ready\n")
        program.signal(SIGHUP)
        program.write("go\n")
        #expect(try program.finish().ending == .exited(4))
    }

    @Test("A signal at any moment of the start ends both", arguments: [SIGTERM, SIGINT], LaunchMode.allCases)
    func losesNoEarlySignal(_ number: Int32, _ mode: LaunchMode) throws {
        let scratch = try Scratch()
        for step: UInt32 in 0..<100 {
            let program = try scratch.start(mode.words + ["/bin/sleep", "1000"])
            // From before the first instruction to when the command runs.
            usleep(step * 120)
            program.signal(number)
            // The end of its output proves that no orphan holds it.
            #expect(try program.finish() == Outcome(ending: .signalled(number), output: "", errors: ""))
        }
        #expect(try Lease.all(in: scratch).isEmpty)
    }

    @Test("A timer that the caller set reaches the command", arguments: LaunchMode.allCases)
    func forwardsAlarm(_ mode: LaunchMode) throws {
        let outcome = try Scratch().run(
            [Program.probe, "with", "alarm=1", "--"] + mode.words + ["/bin/sleep", "1000"])
        #expect(outcome.ending == .signalled(SIGALRM))
    }

    @Test("A signal that the command sends to its own group comes once")
    func doesNotReturnGroupSignal() throws {
        let program = try Scratch().start(
            [Program.probe, "with", "group", "--"] + LaunchMode.child.words + [
                "/bin/sh", "-c",
                "count=0; trap 'count=$((count+1))' USR1; kill -USR1 0; trap 'echo $count; exit' USR2; "
                    + "echo ready; while :; do read line; done",
            ])
        try program.wait(for: "ready\n")
        program.signal(SIGUSR2)
        #expect(try program.finish().output == "ready\n1\n")
    }

    @Test("A launch inside a launch changes nothing", arguments: LaunchMode.allCases, LaunchMode.allCases)
    func nests(_ outer: LaunchMode, _ inner: LaunchMode) throws {
        let program = try Scratch().start(
            outer.words + inner.words + [Program.probe, "signals", "\(Self.last)"])
        let pid = try program.number(after: "ready")
        program.signal(SIGINT)
        try program.wait(for: "got \(SIGINT)\n")
        program.signal(Self.last)
        let expected = "ready \(pid)\ngot \(SIGINT)\ngot \(Self.last)\n"
        #expect(try program.finish() == Outcome(ending: .exited(0), output: expected, errors: ""))
    }

    @Test("timeout ends the command, whichever signal it uses", arguments: LaunchMode.allCases)
    func worksUnderTimeout(_ mode: LaunchMode) throws {
        guard let timeout = Program.find("timeout") else { return }
        let outcome = try Scratch().run([timeout, "-s", "INT", "0.3"] + mode.words + ["/bin/sleep", "1000"])
        #expect(outcome.ending == .exited(124))
    }
}
