import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunLaunch
import Testing

/// A launched command is a job like any other of an interactive bash on a terminal.
@Suite(.timeLimit(.minutes(30)))
struct JobControlTests {
    private func bash() throws -> TerminalSession {
        let session = try Scratch().startOnTerminal(["/bin/bash", "--norc", "--noprofile", "-i"])
        try session.wait(for: "prompt> ")
        return session
    }

    @Test("Ctrl-Z stops, fg continues, again and again", arguments: LaunchMode.allCases)
    func stopsAndContinues(_ mode: LaunchMode) throws {
        let session = try bash()
        let shell = session.foregroundGroup
        let script = #"echo rea''dy; read a; echo "got $a"; read a; echo "got $a"; exit 5"#
        session.type("\(mode.prefix) sh -c '\(script)'\r")
        try session.wait(for: "ready\r\n")
        for word in ["one", "two"] {
            session.type("\u{1a}")
            try session.wait(for: "Stopped")
            try session.wait(for: "prompt> ")
            session.type("fg\r")
            try session.waitForJob(insteadOf: shell)
            session.type(word + "\r")
            try session.wait(for: "got \(word)\r\n")
        }
        try session.wait(for: "prompt> ")
        session.type("echo status $?; exit\r")
        try session.wait(for: "status 5\r\n")
        _ = try session.finish()
    }

    @Test("fg continues the command once", arguments: LaunchMode.allCases)
    func continuesOnce(_ mode: LaunchMode) throws {
        let session = try bash()
        let shell = session.foregroundGroup
        session.type("\(mode.prefix) \"$PROBE\" signals \(SignalTests.last)\r")
        let command = try session.number(after: "ready")
        let launcher = try mode.launcher(of: command)
        // The probe blocks all that can be blocked.
        kill(-session.foregroundGroup, SIGSTOP)
        try session.wait(for: "Stopped")
        try session.wait(for: "prompt> ")
        session.type("fg\r")
        try session.waitForJob(insteadOf: shell)
        try session.wait(for: "got \(SIGCONT)\r\n")
        kill(launcher, SignalTests.last)
        try session.wait(for: "got \(SignalTests.last)\r\n")
        #expect(session.screen.text.components(separatedBy: "got \(SIGCONT)\r\n").count == 2)
        session.type("exit\r")
        _ = try session.finish()
    }

    #if os(Linux)
        /// Nobody could continue it: the kernel hangs it up.
        @Test("A stopped command ends with its shell", arguments: LaunchMode.allCases)
        func endsWithItsShell(_ mode: LaunchMode) throws {
            let session = try bash()
            let shell = session.foregroundGroup
            session.type("\(mode.prefix) sh -c 'echo rea''dy $$; read line'\r")
            let command = try session.number(after: "ready")
            let launcher = try mode.launcher(of: command)
            session.type("\u{1a}")
            try session.wait(for: "Stopped")
            try session.wait(for: "prompt> ")
            kill(shell, SIGKILL)
            for process in [command, launcher] {
                try Deadline.wait(for: "the end of a stopped job") { ProcessRecord.of(process)?.hasEnded ?? true }
            }
        }
    #endif

    @Test("A stopped command goes on in the background", arguments: LaunchMode.allCases)
    func continuesInBackground(_ mode: LaunchMode) throws {
        let session = try bash()
        // No program is started meanwhile: stopped between its vfork(2) and exec it would keep sh from stopping.
        session.type("mkfifo go; \(mode.prefix) sh -c 'echo rea''dy; read line <go; exit 6'\r")
        try session.wait(for: "ready\r\n")
        session.type("\u{1a}")
        try session.wait(for: "Stopped")
        try session.wait(for: "prompt> ")
        session.type("bg; echo >go; wait %1; echo status $?; exit\r")
        try session.wait(for: "status 6\r\n")
        _ = try session.finish()
    }

    @Test("In the background the terminal stays with the shell", arguments: LaunchMode.allCases)
    func leavesTerminalAlone(_ mode: LaunchMode) throws {
        let session = try bash()
        let shell = session.foregroundGroup
        session.type("mkfifo go; \(mode.prefix) sh -c 'exec >&2; echo rea''dy; read line <go' &\r")
        try session.wait(for: "ready\r\n")
        #expect(session.foregroundGroup == shell)
        session.type("echo >go; wait; echo \"en\"\"ded\"\r")
        try session.wait(for: "ended\r\n")
        #expect(session.foregroundGroup == shell)
        session.type("\(mode.prefix) cat &\r")
        try session.wait(for: "prompt> ")
        session.type("\r")
        try Deadline.wait(for: "the stop of cat") {
            session.type("jobs\r")
            return (try? session.wait(for: "Stopped", patience: .milliseconds(200))) != nil
        }
        session.type("fg\r")
        try session.waitForJob(insteadOf: shell)
        session.type("hello\r")
        // As typed, and as copied.
        try session.wait(for: "hello\r\n")
        try session.wait(for: "hello\r\n")
        session.type("\u{4}")
        try session.wait(for: "prompt> ")
        session.type("exit\r")
        _ = try session.finish()
    }

    @Test("A command with a group of its own gets the terminal back", arguments: LaunchMode.allCases)
    func returnsTerminal(_ mode: LaunchMode) throws {
        let session = try bash()
        let shell = session.foregroundGroup
        session.type(
            "\(mode.prefix) \"$PROBE\" with foreground -- sh -c 'echo rea\"\"dy $$; read a; echo \"got $a\"'\r"
        )
        let command = try session.number(after: "ready")
        #expect(session.foregroundGroup == command)
        session.type("\u{1a}")
        try session.wait(for: "Stopped")
        try session.wait(for: "prompt> ")
        session.type("fg\r")
        try session.waitForJob(insteadOf: shell)
        session.type("go\r")
        try session.wait(for: "got go\r\n")
        session.type("exit\r")
        _ = try session.finish()
    }

    @Test("A shell inside can be suspended and resumed", arguments: LaunchMode.allCases)
    func suspendsInnerShell(_ mode: LaunchMode) throws {
        let session = try bash()
        let shell = session.foregroundGroup
        session.type("PS1='inner> ' \(mode.prefix) bash --norc --noprofile -i\r")
        for _ in 0..<2 {
            try session.wait(for: "inner> ")
            session.type("suspend\r")
            try session.wait(for: "Stopped")
            try session.wait(for: "prompt> ")
            session.type("fg\r")
            try session.waitForJob(insteadOf: shell)
            session.type("echo in''side\r")
            try session.wait(for: "inside\r\n")
        }
        session.type("exit 3\r")
        try session.wait(for: "prompt> ")
        session.type("echo status $?; exit\r")
        try session.wait(for: "status 3\r\n")
        _ = try session.finish()
    }
}
