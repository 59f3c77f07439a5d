import PortrunBase
import PortrunLaunch
import Testing

/// Keys, sizes and hangups of a terminal.
@Suite(.timeLimit(.minutes(30)))
struct TerminalTests {
    enum Key: CaseIterable, Sendable {
        case interrupt, quit, suspend, size

        var number: Int32 {
            switch self {
            case .interrupt: SIGINT
            case .quit: SIGQUIT
            case .suspend: SIGTSTP
            case .size: SIGWINCH
            }
        }

        func press(in session: TerminalSession) {
            switch self {
            case .interrupt: session.type("\u{3}")
            case .quit: session.type("\u{1c}")
            case .suspend: session.type("\u{1a}")
            case .size: session.resize(columns: 100)
            }
        }
    }

    @Test("A key reaches the command once", arguments: Key.allCases, LaunchMode.allCases)
    func deliversOnce(_ key: Key, _ mode: LaunchMode) throws {
        let session = try Scratch().startOnTerminal(
            mode.words + [Program.probe, "signals", "\(SignalTests.last)"])
        let command = try session.number(after: "ready")
        let launcher = try mode.launcher(of: command)
        key.press(in: session)
        try session.wait(for: "got \(key.number)\r\n")
        // Sent to portrun after the key, passed on after whatever it makes of the key.
        kill(launcher, SignalTests.last)
        try session.wait(for: "got \(SignalTests.last)\r\n")
        #expect(try session.finish() == .exited(0))
        #expect(session.screen.text.components(separatedBy: "got \(key.number)\r\n").count == 2)
    }

    @Test("A signal by pid while in the foreground comes, too", arguments: LaunchMode.allCases)
    func deliversKillInForeground(_ mode: LaunchMode) throws {
        let session = try Scratch().startOnTerminal(
            mode.words + [Program.probe, "signals", "\(SIGINT)"])
        kill(try mode.launcher(of: session.number(after: "ready")), SIGINT)
        try session.wait(for: "got \(SIGINT)\r\n")
        #expect(try session.finish() == .exited(0))
    }

    @Test("Ctrl-C ends a script that waits for the command", arguments: LaunchMode.allCases)
    func interruptsScript(_ mode: LaunchMode) throws {
        let script = "\(mode.prefix) sh -c 'echo ready; exec sleep 1000'; echo survived"
        let session = try Scratch().startOnTerminal(["/bin/bash", "-c", script])
        try session.wait(for: "ready\r\n")
        session.type("\u{3}")
        #expect(try session.finish() == .signalled(SIGINT))
        #expect(!session.screen.text.contains("survived"))
    }

    @Test("A terminal that goes away takes the command with it", arguments: LaunchMode.allCases)
    func endsAtHangup(_ mode: LaunchMode) throws {
        var session: TerminalSession? = try Scratch().startOnTerminal(
            mode.words + ["/bin/sh", "-c", "echo ready $$; exec sleep 1000"])
        let command = try #require(try session?.number(after: "ready"))
        try session?.hangUp()
        session = nil
        try Deadline.wait(for: "the end of the command") { kill(command, 0) != 0 }
    }

    @Test("Ctrl-Z without a shell to return to stops nothing", arguments: LaunchMode.allCases)
    func staysUsableAsSessionLeader(_ mode: LaunchMode) throws {
        let session = try Scratch().startOnTerminal(
            mode.words + ["/bin/sh", "-c", "echo ready; read line; echo \"got $line\""])
        try session.wait(for: "ready\r\n")
        session.type("\u{1a}")
        session.type("hello\r")
        try session.wait(for: "got hello\r\n")
        #expect(try session.finish() == .exited(0))
    }
}
