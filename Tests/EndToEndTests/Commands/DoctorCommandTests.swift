import Foundation
import PortrunBase
import PortrunLaunch
import Testing

@Suite(.timeLimit(.minutes(30)))
struct DoctorCommandTests {
    let project: Project

    init() throws { project = try Project() }

    /// Without the tools of the machine that the tests run on.
    private func doctor(_ words: String..., variables: [String] = []) throws -> Outcome {
        try project.run(["doctor"] + words, variables + ["PATH=/nowhere"])
    }

    private func found(_ text: String) -> Outcome { Outcome(ending: .exited(1), output: text, errors: "") }

    @Test func findsNothingWhereAllIsWell() throws {
        _ = try project.run("book", "a")
        #expect(try doctor() == .printed("no trouble found\n"))
        #expect(try doctor("--json") == .printed("[]\n"))
        #expect(try doctor("-q") == .printed(""))
    }

    @Test func findsWhoElseMayReadTheRegistry() throws {
        let registry = project.scratch.registry
        chmod(registry, 0o644)
        chmod(project.scratch.path, 0o777)
        #expect(
            try doctor()
                == found(
                    """
                    permissions: other users may write to `\(project.scratch.path)`, which belongs to \
                    \(UserName.of(geteuid())) (mode 777)
                      next: chmod go-w \(project.scratch.path)
                    permissions: other users have access to the file `\(registry)`
                      next: chmod 600 \(registry)

                    """))
        // What it says helps.
        _ = try project.scratch.shell("chmod go-w '\(project.scratch.path)'; chmod 600 '\(registry)'*")
        #expect(try doctor().ending == .exited(0))
    }

    @Test(arguments: ["shims", "shims/0123456789abcdef", "networks", "overrides", "preload", "drafts"])
    func findsAFolderThatOthersMayWriteTo(_ name: String) throws {
        let folder = "\(project.scratch.path)/\(name)"
        _ = try project.scratch.shell("mkdir -m 700 -p \"${PORTRUN_REGISTRY%/*}/shims\"; mkdir -p '\(folder)'")
        #expect(chmod(folder, 0o775) == 0)
        #expect(
            try doctor()
                == found(
                    """
                    permissions: other users may write to `\(folder)`, which belongs to \
                    \(UserName.of(geteuid())) (mode 775)
                      next: chmod go-w \(folder)

                    """))
    }

    @Test func findsAFolderAboveInWhichEverybodyMayRename() throws {
        let above = project.scratch.project + "/above"
        let registry = above + "/own/registry.sqlite"
        let variables = ["PORTRUN_REGISTRY=\(registry)"]
        _ = try project.run("get", "web", variables: variables)
        #expect(chmod(above, 0o1777) == 0)
        #expect(try doctor(variables: variables).ending == .exited(0))
        #expect(chmod(above, 0o777) == 0)
        let outcome = try doctor(variables: variables)
        #expect(outcome.output.hasPrefix("permissions: other users may write to `\(above)`, "), "\(outcome)")
    }

    @Test func findsAToolThatEverybodyMayReplace() throws {
        try project.scratch.writeProgram("#!/bin/sh\nexit 1\n", to: "bin/docker")
        let folder = project.scratch.project + "/bin"
        #expect(try project.run(["doctor"], ["PATH=\(folder)"]).ending == .exited(0))
        #expect(chmod(folder, 0o777) == 0)
        #expect(
            try project.run(["doctor"], ["PATH=\(folder)"])
                == found(
                    """
                    path: `docker` is taken from `\(folder)`, to which everybody may write
                      next: take `\(folder)` out of `PATH`

                    """))
    }

    @Test(.enabled(if: geteuid() == 0, "only root can give files away"))
    func findsAnotherUsersShim() throws {
        let folder = project.scratch.project + "/theirs/shims/0123456789abcdef"
        _ = try project.scratch.shell(
            "mkdir -p '\(folder)'; ln -s \"$LAUNCHER\" '\(folder)/docker'; chown -R 4242 theirs")
        let outcome = try project.run(["doctor"], ["PATH=\(folder):/nowhere"])
        #expect(outcome.ending == .exited(1))
        #expect(
            outcome.output.contains("path: `docker` is taken from `\(folder)`, which belongs to 4242\n"), "\(outcome)")
    }

    @Test func findsDeadLeasesAndLeavesThem() throws {
        let program = try project.scratch.start(
            [Program.portrun, "run", "--exec", "--", "/bin/sh", "-c", "echo ready; read line"])
        try program.wait(for: "ready")
        program.closeInput()
        _ = try program.finish()
        let outcome = found("dead-leases: leases whose holder is gone: 1\n  next: `portrun gc` reaps them\n")
        #expect(try doctor() == outcome)
        #expect(try doctor() == outcome)
        _ = try project.run("gc")
        #expect(try doctor().ending == .exited(0))
    }

    @Test func findsAStrangerOnABookedPort() throws {
        let listener = try project.scratch.start([
            "/usr/bin/python3", "-c",
            """
            import socket, sys
            s = socket.create_server(("127.0.0.1", 0)); print("ready", s.getsockname()[1], flush=True); sys.stdin.read()
            """,
        ])
        let port = try listener.number(after: "ready")
        try project.scratch.write("mail:\(port)\n", to: "p")
        _ = try project.run("import", "p")
        #expect(try doctor().ending == .exited(0), "a registered name is for any program")
        _ = try project.run("unregister", "mail")
        try project.scratch.write("MAIL_PORT=\(port)\n", to: ".env")
        _ = try project.run("adopt")
        let outcome = try doctor()
        #expect(outcome.ending == .exited(1))
        #expect(outcome.output.hasPrefix("strangers: pid \(listener.pid) (/usr/bin/python3 -c "))
        #expect(outcome.output.contains(" listens on \(port), booked for project mail\n  next: end it, or give"))
        let json = try doctor("--json").output
        #expect(json.hasPrefix("[\n  {\n    \"check\": \"strangers\",\n    \"message\": \"pid "))
        listener.closeInput()
        _ = try listener.finish()
        #expect(try doctor().ending == .exited(0))
    }

    @Test func findsARangeOfTheKernels() throws {
        let ephemeral = EphemeralPorts.current()
        let range = try #require(PortRange(ephemeral.first, count: 10))
        _ = try project.run("config", "--set-range", "kafka:\(range)")
        #expect(
            try doctor()
                == found(
                    """
                    ranges: the range of kafka, \(range), overlaps \(ephemeral), from which the kernel hands out ports by itself
                      next: `portrun config --set-range kafka:FIRST-LAST` changes it

                    """))
    }

    @Test func findsAnEnvrcThatIsNotLoaded() throws {
        let folder = project.scratch.project
        try project.scratch.write("eval \"$(portrun export)\"\n", to: ".envrc")
        #expect(
            try doctor()
                == found(
                    """
                    direnv: `\(folder)/.envrc` is not loaded in this shell: direnv is not installed
                      next: install direnv (https://direnv.net)

                    """))
        #expect(try doctor(variables: ["DIRENV_DIR=-\(folder)"]).ending == .exited(0))
        try project.scratch.writeProgram("#!/bin/sh\n", to: "bin/direnv")
        let variables = ["PATH=\(folder)/bin", "SHELL=/bin/bash"]
        #expect(
            try project.run(["doctor"], variables)
                == found(
                    """
                    direnv: `\(folder)/.envrc` is not loaded in this shell: `~/.bashrc` has no direnv hook
                      next: echo 'eval "$(direnv hook bash)"' >> ~/.bashrc

                    """))
        _ = try project.scratch.shell("echo 'eval \"$(direnv hook bash)\"' > ~/.bashrc")
        #expect(
            try project.run(["doctor"], variables)
                == found(
                    """
                    direnv: `\(folder)/.envrc` is not loaded in this shell
                      next: direnv allow \(folder)

                    """))
    }

    @Test func quotesWhatIsToBeTyped() throws {
        let folder = project.scratch.project + "/it's; touch ran #\u{1B}[5m"
        try project.scratch.write("portrun\n", to: "it's; touch ran #\u{1B}[5m/.envrc")
        try project.scratch.writeProgram("#!/bin/sh\n", to: "bin/direnv")
        let outcome = try project.run(
            ["doctor", "-C", folder], ["PATH=\(project.scratch.project)/bin", "SHELL=/bin/dash"])
        let quoted = "'\(project.scratch.project)/it'\\''s; touch ran #?[5m'"
        #expect(outcome.output.hasSuffix("\n  next: direnv allow \(quoted)\n"), "\(outcome)")
    }

    @Test(arguments: [("v2.24.3", true), ("v2.24.4", false)])
    func findsAComposeThatIsTooOld(_ version: String, isOld: Bool) throws {
        try project.scratch.writeProgram("#!/bin/sh\necho 'Docker Compose version \(version)'\n", to: "bin/docker")
        let outcome = try project.run(["doctor"], ["PATH=\(project.scratch.project)/bin"])
        guard isOld else { return #expect(outcome == .printed("no trouble found\n")) }
        #expect(
            outcome
                == found(
                    """
                    compose: `docker compose` is 2.24.3, too old for `!override`: fixed ports move by a \
                    whole configuration, and not in a shell
                      next: update it to 2.24.4 or later (podman-compose: 1.4.0)

                    """))
    }

    @Test func tellsThatACorruptRegistryWasSetAside() throws {
        let registry = project.scratch.registry
        for suffix in ["-wal", "-shm"] { unlink(registry + suffix) }
        try Data("this is no database, and long enough for anybody to see that it is none".utf8)
            .write(to: URL(fileURLWithPath: registry))
        let outcome = try doctor()
        #expect(outcome.ending == .exited(1))
        #expect(
            outcome.output.hasPrefix("integrity: the registry `\(registry)` was corrupt: set aside as `\(registry)."))
    }
}
