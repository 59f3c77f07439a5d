import PortrunBase
import PortrunLaunch
import Testing

/// `allow` and `deny`: the shell hook acts on no file that the user has not looked at.
@Suite(.timeLimit(.minutes(30)))
struct AllowCommandTests {
    let project: Project

    init() throws {
        project = try Project()
        try project.scratch.write(compose("db", 0), to: "compose.yaml")
        try project.scratch.write("services: {}\n", to: "included.yaml")
        try project.scratch.write("A=1\n", to: ".env")
    }

    private func compose(_ service: String, _ offset: Int) -> String {
        """
        include: [included.yaml]
        services: {\(service): {image: busybox, ports: ['\(project.outside + offset):1']}}

        """
    }

    /// Runs a script with `prompt`, which does what a shell does before each prompt, and says what it said.
    private func prompts(_ script: String) throws -> Outcome {
        try project.scratch.run(
            [
                "/bin/bash", "-c",
                """
                prompt() { eval "$(PORTRUN_WATCH="${_portrun_watch-}" "$LAUNCHER" export --hook 2>errors)"; show "$1"; }
                show() { echo "$1: ${DB_PORT-none} $(wc -l <errors)"; cat errors; }
                \(script)
                """,
            ], environment: project.scratch.shellEnvironment)
    }

    private var question: String {
        "portrun: no ports here until you allow this checkout: read its files, then type: portrun allow"
    }

    @Test func nothingHappensBeforeAndAllAfter() throws {
        let outcome = try prompts(
            """
            prompt enter; prompt again; mkdir -p sub; cd sub; prompt below; cd ..
            "$LAUNCHER" allow; prompt allowed; prompt again
            cd /; prompt left; cd "$OLDPWD"; prompt back
            """)
        #expect(
            outcome
                == .printed(
                    """
                    enter: none 1
                    \(question)
                    again: none 0
                    below: none 0
                    .env
                    compose.yaml
                    included.yaml
                    allowed: \(project.outside) 0
                    again: \(project.outside) 0
                    left: none 0
                    back: \(project.outside) 0

                    """))
    }

    /// Not even the registry is made.
    /// A checkout is one, whichever links lead into it.
    @Test func aLinkLeadsToWhatWasAllowed() throws {
        let outcome = try prompts(
            """
            mkdir -p sub; ln -s "$PWD" "$HOME/link"
            "$LAUNCHER" allow -q; cd "$HOME/link"; prompt link; cd sub; prompt below; cd /; prompt left
            cd "$HOME/link"; echo B=2 >>.env; prompt changed; "$LAUNCHER" allow -q; prompt allowed
            cd "$(pwd -P)"; prompt real; rm .env; prompt gone; cd "$HOME/link"; prompt linked
            """)
        let port = project.outside
        #expect(
            outcome
                == .printed(
                    """
                    link: \(port) 0
                    below: \(port) 0
                    left: none 0
                    changed: none 1
                    portrun: `.env` changed since you allowed it: read it, then type: portrun allow
                    allowed: \(port) 0
                    real: \(port) 0
                    gone: none 1
                    portrun: `.env`, which you allowed, is gone: see what the ports are now with `portrun explain`, \
                    then type: portrun allow
                    linked: none 0

                    """))
    }

    @Test func nothingIsReadOrWrittenBefore() throws {
        try project.scratch.write("services: [broken", to: "compose.yaml")
        let outcome = try prompts(
            """
            export PORTRUN_REGISTRY="$PWD/new/r.sqlite"
            prompt enter; ls new
            """)
        #expect(outcome.output == "enter: none 1\n\(question)\n")
        #expect(outcome.errors.contains("new"))
    }

    @Test(arguments: ["compose.yaml", "included.yaml", ".env"])
    func aChangeIsToldOnceAndAllowedAgain(_ file: String) throws {
        let outcome = try prompts(
            """
            "$LAUNCHER" allow -q; prompt allowed
            cp \(file) before; echo '# more' >>\(file); prompt changed; prompt again; mkdir -p sub; cd sub; prompt below; cd ..
            echo '# and more' >>\(file); prompt changed
            cp before \(file); prompt restored
            echo '# more' >>\(file); prompt changed; "$LAUNCHER" allow -q; prompt allowed
            """)
        let changed = "portrun: `\(file)` changed since you allowed it: read it, then type: portrun allow\n"
        let below = changed.replacing("`\(file)`", with: "`../\(file)`")
        let ports = "\(project.outside)"
        let told = outcome.output.replacing("`\(project.scratch.project)/\(file)`", with: "`../\(file)`")
        #expect(
            told == """
                allowed: \(ports) 0
                changed: none 1
                \(changed)again: none 0
                below: none 1
                \(below)changed: none 1
                \(changed)restored: \(ports) 0
                changed: none 1
                \(changed)allowed: \(ports) 0

                """)
    }

    /// The others may mean something else without it.
    @Test(arguments: ["compose.yaml", ".env"])
    func aFileThatHasGrownTooLargeIsTold(_ file: String) throws {
        let outcome = try prompts(
            """
            "$LAUNCHER" allow -q; prompt allowed
            head -c 3000000 /dev/zero | tr '\\0' '#' >>\(file); prompt grown; prompt again
            "$LAUNCHER" allow -q 2>/dev/null; prompt allowed
            """)
        let changed = "portrun: `\(file)` changed since you allowed it: read it, then type: portrun allow\n"
        #expect(
            outcome.output.hasPrefix(
                "allowed: \(project.outside) 0\ngrown: none 1\n\(changed)again: none 0\nallowed: "),
            "\(outcome)")
        #expect(!outcome.output.split(separator: "allowed: ").last!.contains("since you allowed"), "\(outcome)")
    }

    @Test(arguments: ["compose.override.yaml", ".env.local", ".env.production"])
    func aNewFileIsToldOnce(_ file: String) throws {
        let outcome = try prompts(
            """
            "$LAUNCHER" allow -q; prompt allowed
            case \(file) in .env*) echo 'B=1';; *) echo 'services: {}';; esac >\(file)
            # A new shell: it remembers nothing.
            unset _portrun_watch; prompt new; prompt again; "$LAUNCHER" allow; prompt allowed; rm \(file); prompt gone; prompt again
            touch \(file); prompt other; rm \(file); "$LAUNCHER" allow -q; prompt allowed
            """)
        let told = "portrun: `\(file)` is new since you allowed the others: read it, then type: portrun allow\n"
        #expect(outcome.output.contains("new: none 1\n\(told)again: none 0\n"), "\(outcome)")
        #expect(outcome.output.contains("\n\(file)\n"))
        #expect(
            outcome.output.hasSuffix(
                """
                allowed: \(project.outside) 0
                gone: none 1
                portrun: `\(file)`, which you allowed, is gone: see what the ports are now with `portrun explain`, then type: \
                portrun allow
                again: none 0
                other: none 1
                portrun: `\(file)` changed since you allowed it: read it, then type: portrun allow
                allowed: \(project.outside) 0

                """), "\(outcome)")
    }

    /// What cannot be read is left out of a look, as what is gone.
    @Test(arguments: ["mkdir", "mkfifo"])
    func anotherThingInTheFilesPlaceIsTold(_ command: String) throws {
        let outcome = try prompts(
            """
            "$LAUNCHER" allow -q; prompt allowed; rm .env; \(command) .env; prompt gone
            "$LAUNCHER" allow -q 2>/dev/null; prompt allowed
            """)
        #expect(
            outcome.output.contains("\ngone: none 1\nportrun: `.env`, which you allowed, is gone: see "), "\(outcome)")
    }

    /// Neither the size nor the time tells.
    @Test func theContentDecides() throws {
        let outcome = try prompts(
            """
            "$LAUNCHER" allow -q
            touch -r compose.yaml time; sed -i 's/busybox/bosybux/' compose.yaml; touch -r time compose.yaml; prompt changed
            """)
        #expect(outcome.output.hasPrefix("changed: none 1\nportrun: `compose.yaml` changed"), "\(outcome)")
    }

    @Test func aDeniedCheckoutIsSilent() throws {
        let outcome = try prompts(
            """
            "$LAUNCHER" allow -q; prompt allowed; "$LAUNCHER" deny; prompt denied
            unset _portrun_watch; prompt new; echo '# more' >>compose.yaml; prompt changed
            "$LAUNCHER" allow -q; prompt allowed
            """)
        let ports = "\(project.outside)"
        #expect(
            outcome
                == .printed(
                    """
                    allowed: \(ports) 0
                    denied: none 0
                    new: none 0
                    changed: none 0
                    allowed: \(ports) 0

                    """))
    }

    @Test func whatIsTypedNeedsNone() throws {
        #expect(try project.run("export").output.contains("export DB_PORT=\(project.outside)\n"))
        #expect(try project.run("--", "printenv", "PORT") == .printed("\(project.web)\n"))
        _ = try project.run("deny")
        #expect(try project.run("export").output.contains("export DB_PORT=\(project.outside)\n"))
    }

    @Test func itIsTheUsersOwnAndGoesWithTheFolder() throws {
        try project.scratch.write("services: {}\n", to: "gone/compose.yaml")
        let outcome = try project.scratch.shell(
            """
            "$LAUNCHER" allow -q -C gone; cd "$(dirname "$PORTRUN_REGISTRY")/allowed"
            stat -c %a . *; head -n 1 * | tail -c 7; rm -r ../project/gone; "$LAUNCHER" gc | head -n 1; ls
            """)
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == 4 && lines[0] == "700" && lines[1] == "600" && lines[2] == "/gone\"", "\(outcome)")
        #expect(lines.last?.hasSuffix(": path is gone") == true, "\(outcome)")
    }

    @Test(arguments: ["allow -q", "deny"])
    func theFirstCommandMakesTheFolder(_ words: String) throws {
        let outcome = try project.scratch.shell(
            "unset PORTRUN_REGISTRY; \"$LAUNCHER\" \(words); ls \"$HOME\"/.local/state/portrun/allowed | wc -l")
        #expect(outcome == .printed("1\n"))
    }

    @Test func whatNobodyCanReadIsNotAllowed() throws {
        let outcome = try project.scratch.shell(
            "yes -- '- a' | head -n 200000 | sed '1s/^/x-a:\\n/' >compose.yaml; \"$LAUNCHER\" allow; echo $?; \"$LAUNCHER\" export --hook 2>&1 | grep -c 'portrun allow'"
        )
        #expect(outcome.output == "125\n1\n")
        #expect(
            outcome.errors
                == "portrun: error: compose.yaml: more than 100000 values, with aliases and bases written out in this project\n"
        )
    }

    /// `allow` tells of the files, and the hook once of what follows from the bookings.
    @Test func refusalsAreToldOnce() throws {
        try project.scratch.write(
            """
            services: {db: {image: busybox, ports: ['${FOO:-\(project.outside)}:1', '${ENV:-\(project.outside + 1)}:2']}}

            """, to: "compose.yaml")
        let outcome = try prompts(
            #"""
            "$LAUNCHER" allow >/dev/null; prompt first; cd /; prompt left; cd "$OLDPWD"; prompt back
            """#)
        #expect(
            outcome.errors == """
                portrun: warning: compose.yaml:1: `FOO` is not set to the port of `db`: nothing in that name says that it \
                is a port; one that ends in `_PORT` would be
                portrun: warning: compose.yaml:1: `ENV` is not set to the port of `db`: programs may obey that name; one \
                that ends in `_PORT` would be

                """)
        #expect(!outcome.output.contains("is not set"), "\(outcome)")
        #expect(outcome.output.contains("back: "))
    }

    @Test func doctorAndStatusTellOfAHookThatWaits() throws {
        func told() throws -> (doctor: Outcome, status: String) {
            let doctor = try project.run(["doctor"], ["PATH=/nowhere"])
            return (doctor, try project.run("status").errors)
        }
        #expect(try told().doctor == .printed("no trouble found\n"))
        #expect(try told().status == "")
        _ = try project.scratch.shell("echo '# portrun init bash' >\"$HOME/.bashrc\"")
        #expect(try told().status == "", "a comment is no hook")
        _ = try project.scratch.shell("echo 'eval \"$(portrun init bash)\"' >\"$HOME/.bashrc\"")
        let message = "the hook in `~/.bashrc` exports nothing here: this checkout was not allowed yet"
        #expect(
            try told().doctor
                == Outcome(
                    ending: .exited(1),
                    output: "hook: \(message)\n  next: read the files of the checkout, then type: portrun allow\n",
                    errors: ""))
        #expect(try told().status == "portrun: \(message); `portrun allow` lets it\n")
        _ = try project.scratch.shell("cp \"$HOME/.bashrc\" \"$HOME/.zshrc\"")
        let ofZsh = try project.run(["status"], ["SHELL=/usr/bin/zsh"]).errors
        #expect(ofZsh.hasPrefix("portrun: the hook in `~/.zshrc` exports nothing here: "), "\(ofZsh)")
        // Wherever it was set up, the shell that has it says so.
        _ = try project.scratch.shell("rm \"$HOME/.bashrc\" \"$HOME/.zshrc\"")
        let inShell = try project.scratch.run(
            [
                "/bin/bash", "-c",
                #"eval "$("$LAUNCHER" init bash)"; "$LAUNCHER" status; PATH=/nowhere "$LAUNCHER" doctor"#,
            ], environment: project.scratch.shellEnvironment)
        let there = "the hook in this shell exports nothing here: this checkout was not allowed yet"
        #expect(inShell.errors == "portrun: \(there); `portrun allow` lets it\n")
        #expect(inShell.output.hasPrefix("hook: \(there)\n"), "\(inShell)")
        _ = try project.scratch.shell("echo 'eval \"$(portrun init bash)\"' >\"$HOME/.bashrc\"")
        _ = try project.run("allow")
        #expect(try told().doctor == .printed("no trouble found\n"))
        #expect(try told().status == "")
        try project.scratch.write("B=1\n", to: ".env")
        #expect(try told().status.contains("`.env` changed since it was allowed"))
        _ = try project.run("deny")
        #expect(try told().doctor == .printed("no trouble found\n"))
    }
}
