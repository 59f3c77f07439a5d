import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct ExportCommandTests {
    let project: Project
    let hash: String

    init() throws {
        project = try Project()
        try project.becomeGuest()
        hash = try project.contextHash()
    }

    @Test func printsForAShell() throws {
        #expect(
            try project.run("export")
                == .printed(
                    """
                    export PORTRUN_CHANGES='PORT:\(project.web) WEB_PORT:\(project.web)'
                    export PORT=\(project.web)
                    export WEB_PORT=\(project.web)
                    export PORTRUN_CONTEXT=\(hash)

                    """))
    }

    @Test func printsJSON() throws {
        try project.scratch.write(
            "services: {db: {image: x, ports: ['${DB_PORT:-\(project.outside)}:5432']}}\n", to: "compose.yaml")
        let outcome = try project.run("export", "--format", "json")
        #expect(
            outcome.output
                == """
                {
                  "PORT": \(project.web),
                  "DB_PORT": \(project.first),
                  "WEB_PORT": \(project.web),
                  "COMPOSE_PROJECT_NAME": "main-topic",
                  "PORTRUN_CONTEXT": "\(hash)",
                  "PORTRUN_CHANGES": "PORT:\(project.web) DB_PORT:\(project.first) WEB_PORT:\(project.web) \
                COMPOSE_PROJECT_NAME:c5210478201695e2"
                }

                """)
    }

    @Test func printsForAnEnvFile() throws {
        #expect(
            try project.run("export", "--format=env")
                == .printed(
                    """
                    PORTRUN_CHANGES='PORT:\(project.web) WEB_PORT:\(project.web)'
                    PORT=\(project.web)
                    WEB_PORT=\(project.web)
                    PORTRUN_CONTEXT=\(hash)

                    """))
    }

    @Test func isWhatACommandGets() throws {
        let names = "PORT WEB_PORT PORTRUN_CONTEXT PORTRUN_CHANGES"
        let outcome = try project.scratch.shell(
            """
            show() { for name in \(names); do eval "echo $name=\\$$name"; done; }
            ( eval "$("$LAUNCHER" export)"; show ) > exported
            "$LAUNCHER" -- sh -c "$(cat <<'END'
            for name in \(names); do eval "echo $name=\\$$name"; done
            END
            )" > launched
            cmp exported launched && cat exported
            """)
        #expect(outcome.ending == .exited(0), "\(outcome)")
        #expect(outcome.output.hasPrefix("PORT=\(project.web)\n"))
    }

    @Test func respectsTheUsersOwn() throws {
        let outcome = try project.run(
            "export", variables: ["PORT=\(project.outside)", "COMPOSE_PROJECT_NAME=mine"])
        #expect(!outcome.output.contains(" PORT="), "it is what the server gets without portrun")
        #expect(try project.run("get", "web", "-q", "--no-book") == .printed("\(project.outside)\n"))
        #expect(!outcome.output.contains("COMPOSE_PROJECT_NAME"))
    }

    @Test func unsetsWhatAnotherContextSet() throws {
        let outcome = try project.run(
            "export",
            variables: ["PORTRUN_CHANGES=PORT:2 OLD_PORT:1", "OLD_PORT=1", "PORT=2", "PORTRUN_CONTEXT=other"])
        #expect(outcome.output.hasPrefix("unset OLD_PORT\nexport PORTRUN_CHANGES="))
        #expect(outcome.output.contains("\nexport PORT=\(project.web)\n"))
    }

    @Test func printsNothingOutsideAProjectWhenAutomatic() throws {
        let project = try Project()
        #expect(try project.run("export", "--auto") == .printed(""))
        #expect(try project.run("status", "--all") == .printed(""))
        #expect(
            try project.run(
                "export", "--auto", variables: ["PORTRUN_CHANGES=PORT:1", "PORT=1", "PORTRUN_CONTEXT=x"])
                == .printed("unset PORT\nunset PORTRUN_CONTEXT\nunset PORTRUN_CHANGES\n"))
        try project.scratch.write("services: {}\n", to: "compose.yaml")
        #expect(try project.run("export", "--auto").output.contains("\nexport COMPOSE_PROJECT_NAME=project\n"))
    }

    @Test func printsNothingWhenSwitchedOff() throws {
        #expect(try project.run("export", variables: ["PORTRUN=0"]) == .printed(""))
    }

    /// No program is started: neither the engine, nor compose for its version.
    @Test(arguments: ["export", "export --hook", "export --format json"])
    func onlyPrints(_ words: String) throws {
        let scratch = project.scratch
        let called = "#!/bin/sh\necho \"$*\" >>\(scratch.path)/called\n"
        for tool in ["docker", "docker-compose", "podman", "git"] {
            try scratch.writeProgram(called, to: "bin/\(tool)")
        }
        let outcome = try scratch.shell(
            """
            set -e
            git init -q -b main main; cd main
            echo 'services: {db: {image: x, ports: ["\(project.outside):1"]}, app: {image: x, ports: ["\(project.outside + 1):1"]}}' >compose.yaml
            git add compose.yaml; git -c user.name=a -c user.email=a@example.org commit -qm first
            git worktree add -q -b other ../other
            "$LAUNCHER" -q -- true; cd ../other; sed -i '1i x-portrun: {share: [db]}' compose.yaml; "$LAUNCHER" allow -q
            PATH=\(scratch.project)/bin:$PATH "$LAUNCHER" \(words); cat \(scratch.path)/called 2>/dev/null || true
            """)
        #expect(outcome.output.contains("COMPOSE_FILE") && outcome.output.contains("APP_PORT"), "\(outcome)")
        #expect(FileSystem.kind(of: scratch.path + "/called") == nil, "\(outcome)")
        #expect(outcome.errors.contains("`app` moved from \(project.outside + 1)"), "\(outcome)")
    }

    /// One that has told a launch that it is too old is not given what it would not understand.
    @Test func anOldComposeIsRemembered() throws {
        let scratch = project.scratch
        try scratch.writeProgram("#!/bin/sh\necho 'Docker Compose version v2.20.0'\n", to: "bin/docker")
        try scratch.write("services: {db: {image: x, ports: ['\(project.outside):1']}}\n", to: "compose.yaml")
        let outcome = try scratch.shell(
            """
            PATH=\(scratch.project)/bin:$PATH
            "$LAUNCHER" book -q x --context first --port \(project.outside) >/dev/null
            "$LAUNCHER" export --context second | grep -c '^export COMPOSE_FILE='
            "$LAUNCHER" allow -q
            "$LAUNCHER" export --context second | grep -c '^export COMPOSE_FILE='
            """)
        #expect(outcome.output == "1\n0\n", "\(outcome)")
        #expect(outcome.errors.contains("warning: `docker compose` is too old to have its ports moved in a shell"))
    }

    @Test func sharesThePortOfARunningCommand() throws {
        let (program, port) = try project.start()
        #expect(try project.run("export").output.contains("\nexport PORT=\(port)\n"))
        program.closeInput()
        _ = try program.finish()
    }
}
