import PortrunBase
import PortrunLaunch
import Testing

/// What the command inherits is what it would inherit from env(1), but for the overlay.
@Suite(.timeLimit(.minutes(30)))
struct InheritanceTests {
    static let preludes = [
        ":",
        "umask 027",
        "ulimit -S -n 64",
        "ulimit -S -n 16",
        "ulimit -c 0",
        "renice -n 5 -p $$ >/dev/null",
        "trap '' HUP",
        "trap '' PIPE INT QUIT",
        "printf 'some input' >input; exec <input",
        "exec 3</dev/null 4>log 5<&3 6>&1 7>&2 8<&0 9>>log",
        "cd /",
        "exec >&- 2>&-",
        "exec <&-",
        "exec <&- >&- 2>&-",
    ]

    @Test("The command inherits the same as under env", arguments: preludes, LaunchMode.allCases)
    func inheritsTheSame(after prelude: String, _ mode: LaunchMode) throws {
        let (reference, launched) = try Facts.compared(mode, prelude: prelude, in: Scratch())
        #expect(launched.withoutOverlay == reference.withoutOverlay)
    }

    static let settings = [
        "ignore=\(SIGCHLD)", "ignore=\(SIGTSTP)", "block", "block ignore=\(SIGCHLD)", "close=1",
        "close=0 close=1 close=2",
    ]

    @Test("Settings that a shell cannot make are inherited", arguments: settings, LaunchMode.allCases)
    func inherits(_ setting: String, _ mode: LaunchMode) throws {
        let (reference, launched) = try Facts.compared(
            mode, wrapper: "\"$PROBE\" with \(setting) --", in: Scratch())
        #expect(launched.withoutOverlay == reference.withoutOverlay)
    }

    @Test(
        "Under tools that start programs the same is inherited",
        arguments: ["nohup", "nice -n 3", "timeout 60", "setsid", "env -u HOME"], LaunchMode.allCases)
    func inheritsUnder(_ tool: String, _ mode: LaunchMode) throws {
        let name = String(tool.prefix { $0 != " " })
        guard Program.find(name) != nil else { return }
        let (reference, launched) = try Facts.compared(mode, wrapper: tool, in: Scratch())
        // Some make a new process group or session for each of the two.
        #expect(
            launched.withoutOverlay.filter { !$0.hasPrefix("group ") }
                == reference.withoutOverlay.filter { !$0.hasPrefix("group ") })
    }

    @Test("No byte of the environment changes, and duplicates stay", arguments: LaunchMode.allCases)
    func keepsEnvironmentBytes(_ mode: LaunchMode) throws {
        let scratch = try Scratch()
        let odd: [[UInt8]] = [
            Array("TWICE=first".utf8), Array("TWICE=second".utf8), Array("BASH_FUNC_x%%=() { :;\n}".utf8),
            Array("LATIN=caf".utf8) + [0xe9], [0xff, 0xfe] + Array("=name".utf8), Array("NO_VALUE=".utf8),
            Array("without an equals sign".utf8), Array("SHLVL=7".utf8), Array("PWD=/elsewhere".utf8),
        ]
        let program = try scratch.start(
            (mode.words + [Program.probe, "facts", scratch.home + "/launched"]).map { Array($0.utf8) },
            environment: scratch.environment.map { Array($0.utf8) } + odd)
        program.closeInput()
        #expect(try program.finish().ending == .exited(0))
        let variables = try Facts(file: scratch.home + "/launched").withoutOverlay.filter {
            $0.hasPrefix("variable ")
        }
        #expect(
            variables.suffix(odd.count).map(String.init) == [
                "variable TWICE=first", "variable TWICE=second", #"variable BASH_FUNC_x%%=() { :;\x0a}"#,
                #"variable LATIN=caf\xe9"#, #"variable \xff\xfe=name"#, "variable NO_VALUE=",
                "variable without an equals sign", "variable SHLVL=7", "variable PWD=/elsewhere",
            ])
    }

    @Test("Arguments that are not UTF-8 arrive byte for byte", arguments: LaunchMode.allCases)
    func keepsArgumentBytes(_ mode: LaunchMode) throws {
        let scratch = try Scratch()
        let words = (mode.words + [Program.probe, "facts", scratch.home + "/launched"]).map { Array($0.utf8) }
        let program = try scratch.start(
            words + [[0xc3, 0x28, 0xff]], environment: scratch.environment.map { Array($0.utf8) })
        program.closeInput()
        #expect(try program.finish().ending == .exited(0))
        #expect(try Facts(file: scratch.home + "/launched").about("argument") == [#"argument \xc3(\xff"#])
    }

    @Test("A socket that systemd hands over is for the command", arguments: LaunchMode.allCases)
    func handsOverListenPID(_ mode: LaunchMode) throws {
        let scratch = try Scratch()
        let outcome = try scratch.shell(
            """
            sh -c 'LISTEN_PID=$$ LISTEN_FDS=1 exec "$@"' - \(mode.prefix) sh -c 'echo $(($$ - LISTEN_PID))'
            sh -c 'LISTEN_PID=1 LISTEN_FDS=1 exec "$@"' - \(mode.prefix) sh -c 'echo $LISTEN_PID'
            """)
        #expect(outcome == Outcome(ending: .exited(0), output: "0\n1\n", errors: ""))
    }
}
