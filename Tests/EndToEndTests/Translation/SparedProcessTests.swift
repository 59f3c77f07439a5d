#if os(Linux)
    import Foundation
    import PortrunBase
    import Testing

    /// No command of a linked worktree ends what another checkout runs, however it finds it.
    @Suite(.timeLimit(.minutes(30)))
    struct SparedProcessTests {
        private let project: Project
        private var number: Int { project.outside }
        /// A word of the command line that no other test's programs have.
        private var mark: String { "mark\(project.web)" }

        init() throws {
            project = try Project()
            try project.scratch.write(Self.server, to: "server.py")
            try project.addWorktree()
        }

        /// Listens on a port, if that is not 0, until its input or somebody ends it: `server.py PORT MARK`.
        private static let server = """
            import os, socket, sys
            if sys.argv[1] != "0":
                listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
            print("up", os.getpid(), flush=True)
            sys.stdin.read()
            """

        private func start(_ words: [String], in folder: String = ".") throws -> (program: RunningProgram, pid: Int32) {
            let program = try project.scratch.start(
                ["/bin/sh", "-c", #"cd "$1" && shift && exec "$@""#, "sh", folder] + words)
            return (program, try program.number(after: "up "))
        }

        private func run(_ words: String...) throws -> Outcome {
            try project.run(["run", "-C", "../feature", "--"] + words)
        }

        private func notice(_ pid: Int32) -> String {
            "portrun: warning: `python3` (pid \(pid)) is the main checkout's, and is not ended from here; "
                + "`env PORTRUN=0 kill \(pid)` ends it\n"
        }

        @Test(arguments: [
            "kill $PID", "/bin/kill -9 $PID", "kill -USR1 $PID", "/bin/kill -q 1 $PID", "bash -c 'kill -KILL -$PID'",
            "exec pkill -f $MARK",
            "pkill -9 -f $MARK; true",
            "PATH=/usr/bin:$PATH lsof -ti:$PORT -sTCP:LISTEN | xargs kill -9", "/usr/bin/fuser -k $PORT/tcp",
            "env -i /usr/bin/fuser -k $PORT/tcp", "python3 -c 'import os, sys; os.kill(int(sys.argv[1]), 15)' $PID",
            "python3 -c 'import os, signal, sys; signal.pidfd_send_signal(os.pidfd_open(int(sys.argv[1])), 9)' $PID",
            "python3 -c 'import os, signal, sys; signal.pidfd_send_signal(os.open(sys.argv[1], 0), 9)' /proc/$PID",
        ])
        func theMainOnesIsSpared(_ script: String) throws {
            let (server, pid) = try start(["setsid", "python3", "server.py", "\(number)", mark])
            let outcome = try run(
                "sh", "-c",
                script.replacing("$PID", with: "\(pid)").replacing("$MARK", with: mark)
                    .replacing("$PORT", with: "\(number)"))
            #expect(outcome.errors.components(separatedBy: notice(pid)).count == 2, "\(outcome)")
            server.closeInput()
            #expect(try server.finish().ending == .exited(0))
        }

        /// Also what listens nowhere, and runs below a portrun.
        @Test func whatAnotherOneHasStartedIsSpared() throws {
            let (program, pid) = try start([Program.portrun, "--", "python3", "server.py", "0", mark])
            let outcome = try run("kill", "\(pid)")
            #expect(outcome.ending == .exited(1) && outcome.errors.contains(notice(pid)), "\(outcome)")
            program.closeInput()
            #expect(try program.finish().ending == .exited(0))
        }

        /// Of a group any of them may be another's, whoever has made it.
        @Test func aGroupWithOneOfTheMainOnesIsSpared() throws {
            let program = try project.scratch.start([
                "/usr/bin/setsid", "--wait", "/bin/sh", "-c",
                "cd ..; (cd project; exec python3 server.py 0 \(mark)); :",
            ])
            let pid: Int32 = try program.number(after: "up ")
            let outcome = try run("bash", "-c", "kill -KILL -\(getpgid(pid))")
            #expect(outcome.errors.contains(notice(pid)), "\(outcome)")
            program.closeInput()
            #expect(try program.finish().ending == .exited(0))
        }

        @Test(arguments: ["kill", "/bin/kill -TERM", "pkill -f", "timeout 9 kill"])
        func theCheckoutsOwnIsEnded(_ command: String) throws {
            let (program, pid) = try start(["python3", "server.py", "0", mark], in: "../feature")
            let target = command.hasPrefix("pkill") ? mark : "\(pid)"
            let outcome = try run("sh", "-c", "\(command) \(target); true")
            #expect(outcome.errors == "", "\(outcome)")
            #expect(try program.finish().ending == .signalled(SIGTERM))
        }

        @Test func whatTheCommandHasStartedIsEnded() throws {
            let outcome = try run("sh", "-c", "cd ../project; sleep 1000 & kill $!; wait $! 2>/dev/null; echo $?")
            #expect(outcome == .printed("143\n"))
        }

        @Test(arguments: [-1 << 31, -(1 << 31) + 1, 1 << 30])
        func aNumberOfNobodyIsTheKernelsToRefuse(_ number: Int) throws {
            let outcome = try run(
                "python3", "-c", "import os\ntry: os.kill(\(number), 15)\nexcept ProcessLookupError: print('nobody')")
            #expect(outcome == .printed("nobody\n"))
        }

        @Test func nothingIsSparedWithoutPortrun() throws {
            let (server, pid) = try start(["python3", "server.py", "0", mark])
            #expect(try run("sh", "-c", "env PORTRUN=0 kill \(pid)") == .printed(""))
            #expect(try server.finish().ending == .signalled(SIGTERM))
        }

        /// A command of the main one that a command here starts is that one's.
        @Test func aCommandOfTheMainOneMayEndItsOwn() throws {
            let (server, pid) = try start(["python3", "server.py", "0", mark])
            let inner = "\(Program.portrun) run -q -C ../project -- sh -c 'kill \(pid)'"
            #expect(try run("sh", "-c", inner).errors == "")
            #expect(try server.finish().ending == .signalled(SIGTERM))
        }

        @Test func anotherWorktreesIsSpared() throws {
            try #require(try project.scratch.shell("git worktree add -q ../other -b other") == .printed(""))
            let (server, pid) = try start(["python3", "server.py", "0", mark], in: "../other")
            let outcome = try run("kill", "\(pid)")
            #expect(
                outcome.errors.contains("`python3` (pid \(pid)) is of `") && outcome.errors.contains("/other`, and"))
            server.closeInput()
            #expect(try server.finish().ending == .exited(0))
        }

        /// Nothing on the host tells whose a container is.
        @Test func whatIsOfAContainerIsSpared() throws {
            let proxy = project.scratch.path + "/docker-proxy"
            try #require(try project.scratch.shell("cp \"$(command -v sleep)\" '\(proxy)'") == .printed(""))
            let (program, pid) = try start(["/bin/sh", "-c", "echo up $$; cd /; exec '\(proxy)' 1000"])
            let outcome = try run("kill", "\(pid)")
            #expect(outcome.errors.contains("`docker-proxy` (pid \(pid)) is a container's, and is not"), "\(outcome)")
            program.signal(SIGKILL)
            _ = try program.finish()
        }

        /// What does not end a process passes, and so does what asks whether it is there.
        @Test func otherSignalsPass() throws {
            let (server, pid) = try start(["python3", "server.py", "0", mark])
            #expect(try run("sh", "-c", "kill -0 \(pid) && kill -CONT \(pid)") == .printed(""))
            server.closeInput()
            #expect(try server.finish().ending == .exited(0))
        }

        /// In the main worktree all is as without portrun.
        @Test func theMainOneMayEndWhatItLikes() throws {
            let (server, pid) = try start(["python3", "server.py", "0", mark], in: "../feature")
            #expect(try project.run("--", "kill", "\(pid)") == .printed(""))
            #expect(try server.finish().ending == .signalled(SIGTERM))
        }
    }
#endif
