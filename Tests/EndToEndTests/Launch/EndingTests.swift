import PortrunBase
import PortrunLaunch
import Testing

/// portrun ends as the command ends.
@Suite(.timeLimit(.minutes(30)))
struct EndingTests {
    @Test("Every exit status comes through", arguments: LaunchMode.allCases)
    func passesEveryStatus(_ mode: LaunchMode) throws {
        let outcome = try Scratch().shell(
            """
            status=0
            while [ $status -le 255 ]; do
                \(mode.prefix) sh -c "exit $status"
                got=$?
                [ $got = $status ] || echo "$status became $got"
                status=$((status + 1))
            done
            echo done
            """)
        #expect(outcome == Outcome(ending: .exited(0), output: "done\n", errors: ""))
    }

    /// All but the two that glibc keeps for itself.
    static let signals = (1..<(SIGCHLD == 17 ? 65 : 32)).map(Int32.init).filter { $0 != 32 && $0 != 33 }

    /// Those that stop a command, and would stop the test with it.
    static let stopping = [SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU]

    @Test(
        "Whatever a signal does to the command, the parent sees",
        arguments: signals.filter { !stopping.contains($0) })
    func mirrorsSignal(_ number: Int32) throws {
        let scratch = try Scratch()
        let command = ["/bin/sh", "-c", "kill -\(number) $$; exit 9"]
        let reference = try scratch.run(command)
        for mode in LaunchMode.allCases {
            #expect(try scratch.run(mode.words + command) == reference)
        }
    }

    @Test("A command that dumps core is followed without a second core")
    func writesNoSecondCore() throws {
        let scratch = try Scratch()
        let program = try scratch.start(
            ["/bin/sh", "-c", "ulimit -c unlimited; exec \"$0\" \"$@\""] + LaunchMode.child.words
                + ["sh", "-c", "kill -ABRT $$"]
        )
        program.closeInput()
        #expect(try program.finish().ending == .signalled(SIGABRT))
        #expect(!program.hasDumpedCore)
    }

    @Test("yes | head ends quietly", arguments: LaunchMode.allCases)
    func leavesBrokenPipeToCommand(_ mode: LaunchMode) throws {
        let outcome = try Scratch().shell("{ \(mode.prefix) yes; echo $? >&2; } | head -n 1")
        #expect(outcome == Outcome(ending: .exited(0), output: "y\n", errors: "141\n"))
    }

    @Test("A background program left behind does not hold anything up", arguments: LaunchMode.allCases)
    func leavesDaemonAlone(_ mode: LaunchMode) throws {
        let outcome = try Scratch().shell(
            """
            daemon=$(\(mode.prefix) sh -c 'sleep 1000 </dev/null >/dev/null 2>&1 & echo $!') || exit 1
            kill "$daemon" && echo alive
            """)
        #expect(outcome == Outcome(ending: .exited(0), output: "alive\n", errors: ""))
    }

    @Test(
        "Ends with the child whatever the caller did to signals and children",
        arguments: ["ignore=\(SIGCHLD)", "block", "child", "child block ignore=\(SIGCHLD)"],
        LaunchMode.allCases)
    func endsWithChild(after setting: String, _ mode: LaunchMode) throws {
        let scratch = try Scratch()
        let settings = setting.split(separator: " ").map(String.init)
        for status: Int32 in [0, 3] {
            let outcome = try scratch.run(
                [Program.probe, "with"] + settings + ["--"] + mode.words
                    + ["/bin/sh", "-c", "exit \(status)"])
            #expect(outcome == Outcome(ending: .exited(status), output: "", errors: ""))
        }
    }
}
