import PortrunBase
import PortrunLaunch
import Testing

/// What `portrun init` prints for a shell, in that shell on a terminal.
///
/// Nushell's is not run: nushell is not among the programs that the tests can count on.
@Suite(.timeLimit(.minutes(30)))
struct ShellHookTests {
    let project: Project

    init() throws {
        project = try Project()
        let outcome = try project.scratch.shell(
            """
            set -e
            # Both are linked worktrees: there, a shell has a port of its own.
            git init -q -b base base; cd base
            git -c user.name=a -c user.email=a@example.org commit -q --allow-empty -m first
            git worktree add -q -b main ../main; git worktree add -q -b other ../other; git branch third
            """)
        try #require(outcome == .printed(""))
        for folder in ["main", "other"] {
            try #require(try project.run("allow", "-q", "-C", folder) == .printed(""))
        }
    }

    enum Shell: String, CaseIterable {
        case bash, zsh, fish

        var words: [String] {
            switch self {
            case .bash: ["--noprofile", "--norc", "-i"]
            case .zsh: ["-f", "-i"]
            case .fish: ["--no-config", "-i"]
            }
        }

        var loading: String {
            self == .fish ? "portrun init fish | source" : "eval \"$(portrun init \(rawValue))\""
        }
    }

    @Test(arguments: Shell.allCases)
    func portsFollowTheFolderAndTheBranch(_ shell: Shell) throws {
        let session = try start(shell)
        let (main, other, third) = (project.web, project.web + 1, project.web + 2)
        session.type(shell.loading + "\n")
        try see(session, "none none")
        session.type("cd main\n")
        try see(session, "\(main) none")
        // From one worktree straight into another.
        session.type("cd ../other\n")
        try see(session, "\(other) none")
        session.type("git checkout -q third\n")
        try see(session, "\(third) none")
        try project.scratch.write(
            "services: {db: {image: busybox, ports: ['\(project.outside):1']}}\n", to: "other/compose.yaml")
        session.type("\n")
        try session.wait(for: "`compose.yaml` is new since you allowed the others")
        try see(session, "none none")
        session.type("portrun allow -q\n")
        try see(session, "\(third) \(project.first)")
        session.type("cd ../..\n")
        try see(session, "none none")
        session.type("cd project/main; false\n")
        try see(session, "\(main) none")
        session.type("exit\n")
        #expect(try session.finish() == .exited(0))
    }

    @Test(arguments: Shell.allCases)
    func leavingGivesTheUsersOwnBack(_ shell: Shell) throws {
        let own = "it's\n\"two\" $lines %25 \\"
        let session = try start(shell, variables: ["PORT=\(own)", "WEB_PORT=mine"])
        session.type(shell.loading + "\ncd main\n")
        try see(session, "\(project.web) none")
        session.type("cd ../other\n")
        try see(session, "\(project.web + 1) none")
        session.type("cd ../..\n")
        let digits = own.utf8.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined(separator: " ")
        session.type("sh -c 'echo \"own=\"$(printf %s \"$PORT\" | od -An -v -w99 -tx1) \"$WEB_PORT=\"'\n")
        try session.wait(for: "own= \(digits) mine=")
    }

    /// Values that are no UTF-8, which a terminal would not let through.
    @Test(arguments: Shell.allCases)
    func leavingGivesBytesBack(_ shell: Shell) throws {
        let path = try #require(Program.find(shell.rawValue), "needs \(shell.rawValue)")
        let load =
            shell == .fish ? "portrun export --hook --format fish | source" : "eval \"$(portrun export --hook)\""
        let script = """
            cd main; \(load); env | grep ^PORT=; cd ../..; \(load)
            sh -c 'printf %s "$PORT" | od -An -tx1'
            """
        // In the locale C fish itself hands on other bytes.
        let environment = environment.map { $0 == "LC_ALL=C" ? "LC_ALL=C.UTF-8" : $0 }
        let program = try project.scratch.start(
            [path, "-c", script].map { Array($0.utf8) },
            environment: environment.map { Array($0.utf8) } + [
                Array("PORT=".utf8) + [0xFF, 0x27, 0x5C, 0x0A, 0xC3, 0x31]
            ])
        program.closeInput()
        #expect(try program.finish() == .printed("PORT=\(project.web)\n ff 27 5c 0a c3 31\n"))
    }

    @Test(arguments: Shell.allCases)
    func theStatusOfTheLastCommandStays(_ shell: Shell) throws {
        let session = try start(shell)
        session.type(shell.loading + "\ncd main\n")
        try see(session, "\(project.web) none")
        session.type("sh -c 'exit 7'\n")
        session.type(shell == .fish ? "echo status=$status=\n" : "echo status=$?=\n")
        try session.wait(for: "status=7=")
    }

    /// Bash alone has no hook for this.
    @Test(arguments: [Shell.zsh, .fish])
    func aCommandBehindCdHasThePorts(_ shell: Shell) throws {
        let session = try start(shell)
        session.type(shell.loading + "\ncd main && sh -c 'echo \"at=$PORT=\"'\n")
        try session.wait(for: "at=\(project.web)=")
    }

    @Test func bashKeepsOtherHooks() throws {
        let script = """
            eval "$(portrun init bash)"; eval "$(portrun init bash)"; declare -p PROMPT_COMMAND
            """
        for (before, after) in [
            ("", #"declare -- PROMPT_COMMAND="_portrun_hook""#),
            ("PROMPT_COMMAND='a; b'", #"declare -- PROMPT_COMMAND="_portrun_hook;a; b""#),
            ("PROMPT_COMMAND=(a b)", #"declare -a PROMPT_COMMAND=([0]="_portrun_hook" [1]="a" [2]="b")"#),
        ] {
            #expect(
                try project.scratch.run(["/bin/bash", "-c", before + "\n" + script], environment: environment)
                    == .printed(after + "\n"))
        }
    }

    @Test func nushellHasTwoNames() throws {
        let snippet = try project.run("init", "nushell")
        #expect(try project.run("init", "nu") == snippet && snippet.output.contains("from json"))
    }

    @Test func nothingIsPrintedWhileNothingHasChanged() throws {
        let outcome = try project.scratch.run(
            [
                "/bin/bash", "-c",
                """
                cd main; eval "$(portrun init bash)"
                _portrun_hook; echo $PORT
                PORTRUN_WATCH=$_portrun_watch portrun export --hook; echo same
                # The registry is not even opened.
                PORTRUN_WATCH=$_portrun_watch portrun export --hook --registry /nowhere/r; echo $?
                env | grep -c _portrun_watch || true
                """,
            ], environment: environment)
        #expect(outcome == .printed("\(project.web)\nsame\n0\n0\n"))
    }

    @Test func aFailureIsToldOnceAndTakesThePortsAway() throws {
        let outcome = try project.scratch.run(
            [
                "/bin/bash", "-c",
                """
                eval "$(portrun init bash)"
                cd main; _portrun_hook; echo $PORT
                # A folder stands in the place of the registry, beside what the user has allowed.
                mkdir -p ../broken/r.sqlite; cp -r "${PORTRUN_REGISTRY%/*}/allowed" ../broken
                export PORTRUN_REGISTRY="$(cd ../broken; pwd)/r.sqlite"
                cd ../other; _portrun_hook 2>errors; echo ${PORT-none} $(grep -c error errors)
                _portrun_hook; echo ${PORT-none}
                """,
            ], environment: environment)
        #expect(outcome == .printed("\(project.web)\nnone 1\nnone\n"))
    }

    /// With portrun in PATH, where the hooks look for it.
    private var environment: [String] {
        project.scratch.shellEnvironment.map { entry in
            entry.hasPrefix("PATH=")
                ? "PATH=\(Path.parent(Program.portrun)):" + entry.dropFirst("PATH=".count) : entry
        }
    }

    private func start(_ shell: Shell, variables: [String] = []) throws -> TerminalSession {
        let path = try #require(Program.find(shell.rawValue), "needs \(shell.rawValue)")
        let session = try TerminalSession(
            [path] + shell.words, environment: environment + variables + ["PS1=prompt> "],
            directory: project.scratch.project)
        session.keep(project.scratch)
        return session
    }

    /// Waits until a command in the session has these values of PORT and DB_PORT.
    private func see(_ session: TerminalSession, _ values: String) throws {
        session.type("sh -c 'echo \"at=${PORT-none} ${DB_PORT-none}=\"'\n")
        try session.wait(for: "at=\(values)=")
    }
}
