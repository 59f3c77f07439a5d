#if os(Linux)
    import Foundation
    import PortrunBase
    import PortrunLaunch
    import Testing

    /// Launcher, supervisor and command: each may go before the others.
    @Suite(.timeLimit(.minutes(30)))
    struct TranslationLifetimeTests {
        let translated: TranslatedProject

        init() throws { translated = try TranslatedProject() }

        /// Connects to itself whenever it reads a line, and ends with status 7 by SIGTERM.
        private static let loop = """
            trap 'exit 7' TERM
            python3 server.py $D own & server=$!
            until [ "$(python3 client.py $D)" = own ]; do sleep 0.05; done
            echo up $$
            while read line; do python3 client.py $D; done
            kill $server
            exit 3
            """

        /// Checks that the command still has its own localhost.
        private func expectService(_ program: RunningProgram) throws {
            program.write("go\n")
            try program.wait(for: "own\n")
        }

        private func wait(forEndOf pid: Int32) throws {
            try Deadline.wait(for: "the end of \(pid)") { ProcessRecord.of(pid).map(\.hasEnded) ?? true }
        }

        @Test func theLauncherGoesOnForAKilledSupervisor() throws {
            let program = try translated.start(script: Self.loop)
            let command = try program.number(after: "up ")
            let supervisor = try translated.supervisor(of: command)
            kill(supervisor, SIGKILL)
            try expectService(program)
            #expect(try translated.supervisor(of: command) == program.pid)
            // Signals and the status as ever.
            program.signal(SIGTERM)
            program.closeInput()
            try wait(forEndOf: command)
            try Deadline.wait(for: "the end of the launcher") { program.hasExited() }
            _ = try translated.scratch.run(["/usr/bin/pkill", "-KILL", "-f", "server.py \(translated.declared) "])
            let outcome = try program.finish()
            #expect(outcome.ending == .exited(7), "\(outcome)")
            try translated.waitForEnd()
        }

        @Test func theSupervisorGoesOnForAKilledLauncher() throws {
            let program = try translated.start(script: Self.loop)
            let command = try program.number(after: "up ")
            program.signal(SIGKILL)
            try Deadline.wait(for: "the death of the launcher") { program.hasExited() }
            try expectService(program)
            // There is a successor again.
            let supervisor = try translated.supervisor(of: command)
            try Deadline.wait(for: "a successor") {
                !children(of: supervisor).filter { $0 != command }.isEmpty
            }
            kill(supervisor, SIGKILL)
            try wait(forEndOf: supervisor)
            try expectService(program)
            program.closeInput()
            try wait(forEndOf: command)
            try translated.waitForEnd()
        }

        private func children(of parent: Int32) -> [Int32] {
            (FileSystem.names(in: "/proc") ?? []).compactMap { Int32($0) }.filter {
                ProcessTree.parent(of: $0) == parent
            }
        }

        @Test func aGroupThatIsKilledLeavesNothing() throws {
            let program = try translated.start(
                [Program.probe, "with", "group", "--"] + translated.words() + ["/bin/sh", "-c", Self.loop])
            let command = try program.number(after: "up ")
            kill(-program.pid, SIGKILL)
            #expect(try program.finish().ending == .signalled(SIGKILL))
            try wait(forEndOf: command)
            try translated.waitForEnd()
        }

        @Test func aStoppedCommandWhoseLauncherIsKilledIsHungUp() throws {
            let session = try translated.scratch.startOnTerminal(["/bin/bash", "--norc", "--noprofile", "-i"])
            try session.wait(for: "prompt> ")
            session.type("\(translated.words().joined(separator: " ")) sh -c 'echo u\"\"p $$; read line'\r")
            let command = try session.number(after: "up ")
            let launcher = try LaunchMode.translated.launcher(of: command)
            session.type("\u{1a}")
            try session.wait(for: "Stopped")
            kill(launcher, SIGKILL)
            try wait(forEndOf: command)
            session.type("exit\r")
            try translated.waitForEnd()
        }

        @Test(arguments: [[], ["--exec"]])
        func aDaemonKeepsItsLocalhost(_ options: [String]) throws {
            let outcome = try translated.run(
                script: """
                    mkfifo go
                    { read line <go; python3 client.py $D >answer; } </dev/null >/dev/null 2>&1 &
                    exit 6
                    """, options)
            #expect(outcome == Outcome(ending: .exited(6), output: "", errors: ""))
            let server = try translated.startServer("own", on: translated.booked)
            _ = try translated.scratch.shell("echo >go; until [ -s answer ]; do sleep 0.05; done")
            #expect(try translated.scratch.read("answer") == "own\n")
            try translated.waitForEnd()
            server.signal(SIGKILL)
        }

        @Test func theSupervisorHoldsNothingOfTheCommands() throws {
            let program = try translated.start(
                ["/bin/sh", "-c", "exec 5</dev/null 8>log; \"$@\"", "sh"] + translated.words()
                    + ["/bin/sh", "-c", "echo up $$; read line"])
            let command = try program.number(after: "up ")
            let supervisor = try translated.supervisor(of: command)
            func links() -> [String] {
                (FileSystem.names(in: "/proc/\(supervisor)/fd") ?? []).compactMap {
                    FileSystem.link(at: "/proc/\(supervisor)/fd/\($0)")
                }
            }
            // By a pipe it hears that the command has been executed; that may come after the first words of this.
            try Deadline.wait(for: "the command to be executed") { !links().contains { $0.hasPrefix("pipe:") } }
            let kept = links()
            #expect(kept.filter { $0 == "/dev/null" }.count == 3)
            #expect(
                kept.filter { $0 != "/dev/null" && $0 != "anon_inode:[pidfd]" }.map { $0.prefix { $0 != "[" } }
                    .sorted()
                    == ["anon_inode:", "anon_inode:seccomp notify", "socket:"], "\(kept)")
            #expect(FileSystem.link(at: "/proc/\(supervisor)/cwd") == "/")
            #expect(getpgid(supervisor) == supervisor)
            program.write("go\n")
            #expect(try program.finish().ending == .exited(0))
            try translated.waitForEnd()
        }

        /// What the debug build shares with other programs is not this process's own.
        @Test func theSupervisorIsSmall() throws {
            let program = try translated.start(script: "python3 client.py $D >connected; echo up $$; read line")
            let supervisor = try translated.supervisor(of: try program.number(after: "up "))
            let text = String(decoding: try FileSystem.read("/proc/\(supervisor)/smaps_rollup"), as: UTF8.self)
            let sizes = text.split(separator: "\n").reduce(into: [String: Int]()) { sizes, line in
                let words = line.split(separator: " ")
                if words.count == 3 { sizes[String(words[0])] = Int(words[1]) }
            }
            print("the supervisor has \(sizes)")
            let own = try #require(sizes["Private_Dirty:"]) + (try #require(sizes["Private_Clean:"]))
            #expect(own < 1536, "\(text)")
            #expect(try #require(sizes["Rss:"]) < 4096, "\(text)")
            program.closeInput()
            _ = try program.finish()
        }

        @Test func theCommandThatReplacesTheLauncherHasNoChildren() throws {
            let outcome = try translated.run(
                script:
                    "python3 -c 'import os\ntry: print(os.waitpid(-1, os.WNOHANG))\nexcept ChildProcessError: print(\"none\")'",
                ["--exec"])
            #expect(outcome.output == "none\n")
            try translated.waitForEnd()
        }

        /// The supervisor would be a child that it does not know.
        @Test func aReplacedLauncherThatAdoptsOrphansIsNotTranslated() throws {
            let adopter =
                "import ctypes, os, sys; ctypes.CDLL(None).prctl(36, 1, 0, 0, 0); os.execv(sys.argv[1], sys.argv[1:])"
            let outcome = try translated.scratch.run(
                ["/usr/bin/python3", "-c", adopter] + translated.words(["--exec"]) + [
                    "/usr/bin/python3", "-c", "import os\ntry: os.wait()\nexcept ChildProcessError: print('none')",
                ])
            #expect(outcome.output == "none\n")
            #expect(
                outcome.errors
                    == "translated: localhost cannot be translated with `--exec` in a process that adopts orphans "
                    + "(pid 1, a subreaper)\n")
        }

        /// Programs that try to reach a full server again and again keep the supervisor from nothing else.
        @Test func theCommandEndsWhileADaemonHammers() throws {
            try translated.scratch.write(
                """
                import socket, struct, sys, threading, time
                listener = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=0)
                fillers = [socket.socket() for _ in range(3)]
                for filler in fillers:
                    filler.setblocking(False)
                    filler.connect_ex(listener.getsockname())
                def hammer():
                    while True:
                        with socket.socket() as one:
                            one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", 0, 50000))
                            one.connect_ex(("127.0.0.1", int(sys.argv[2])))
                for _ in range(40):
                    threading.Thread(target=hammer, daemon=True).start()
                time.sleep(60)
                """, to: "hammer.py")
            let program = try translated.start(
                script: "python3 hammer.py $B $D </dev/null >/dev/null 2>&1 & echo up $!; sleep 1; exit 7")
            let daemon = try program.number(after: "up ")
            #expect(try program.finish().ending == .exited(7))
            #expect(ProcessRecord.of(daemon)?.hasEnded == false)
            kill(daemon, SIGKILL)
            try translated.waitForEnd()
        }

        @Test func orphansAreReaped() throws {
            let program = try translated.start(
                script: "for turn in 1 2 3 4 5; do (sleep 0.01 &); done; echo up $$; read line")
            let supervisor = try translated.supervisor(of: try program.number(after: "up "))
            try Deadline.wait(for: "the last orphan") { children(of: supervisor).count == 1 }
            program.closeInput()
            _ = try program.finish()
        }

        /// How often the tests kill; more on request, for it takes a quarter of a second each.
        static let rounds = ProcessInfo.processInfo.environment["PORTRUN_KILL_ROUNDS"] ?? "60"

        @Test("Kills at random moments", arguments: [false, true])
        func nothingHangsAfterKills(asNobody: Bool) throws {
            let user = asNobody ? OtherUser.asNobody ?? [] : []
            let outcome = try translated.scratch.run(
                user + [
                    "/usr/bin/python3", Checkout.root + "/Tests/Scenarios/translated_kills.py", Program.translated,
                    Self.rounds, "\(translated.declared)", "\(translated.booked)",
                ])
            #expect(outcome.ending == .exited(0))
            #expect(outcome.output == "nothing hangs, nothing is left\n")
        }
    }
#endif
