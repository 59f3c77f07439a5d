#if os(Linux)
    import PortrunBase
    import Testing

    /// Scripts that end whatever has a number, in a linked worktree beside a main one that has it.
    @Suite(.timeLimit(.minutes(30)))
    struct PortToolTests {
        private let fixture: PortToolProject
        private var project: Project { fixture.project }
        private var number: Int { fixture.number }

        init() throws { fixture = try PortToolProject() }

        private static let killers = [
            "fuser -k -s $N/tcp", "fuser -k -n tcp $N", "lsof -ti:$N | xargs -r kill -9",
            "kill -9 $(lsof -t -i tcp:$N)",
            "lsof -nPi tcp:$N | grep LISTEN | awk '{print $2}' | xargs -r kill -9",
            "lsof -nP -iTCP -sTCP:LISTEN | grep :$N | awk '{print $2}' | xargs -r kill -9",
            "ss -ltnp | grep :$N | sed 's/.*pid=\\([0-9]*\\).*/\\1/' | xargs -r kill -9",
            "ss -Hltnp 'sport = :'$N | sed 's/.*pid=\\([0-9]*\\).*/\\1/' | xargs -r kill -9",
            "ss -Hltnp sport = $N | sed 's/.*pid=\\([0-9]*\\).*/\\1/' | xargs -r kill -9",
            "ss -Hnpt state listening | grep :$N | sed 's/.*pid=\\([0-9]*\\).*/\\1/' | xargs -r kill -9",
            "lsof -ti:$((N - 50))-$((N + 49)) | xargs -r kill -9", "fuser -k -s 0$N/tcp", "cd / && fuser -k -s $N/tcp",
            "netstat -tlnp | grep :$N | sed 's/.* \\([0-9]*\\)[/].*/\\1/' | xargs -r kill -9",
        ]

        @Test(arguments: killers)
        func whatTheMainOneRunsGoesOn(_ script: String) throws {
            for words in [[], [Program.portrun, "-q", "--"]] {
                let server = try fixture.serve(words)
                _ = try fixture.run("N=\(number); " + script)
                try fixture.endRunning(server)
            }
        }

        /// What is typed itself asks as a script does.
        @Test(arguments: [
            ["lsof", "-ti:$N"], ["fuser", "$N/tcp"], ["fuser", "-k", "$N/tcp"], ["ss", "-Hltn", "sport = :$N"],
        ])
        func whatIsTypedFindsNobodyElse(_ words: [String]) throws {
            let server = try fixture.serve()
            let own = words.map { $0.replacing("$N", with: "\(number)") }
            for option in [[], ["--translate", "off"], ["--exec"]] {
                let outcome = try project.run(["run", "-C", "../feature", "-q"] + option + ["--"] + own)
                #expect(outcome.output == "", "\(outcome)")
            }
            try fixture.endRunning(server)
        }

        @Test(arguments: killers)
        func theWorktreesOwnEnds(_ script: String) throws {
            let main = try fixture.serve()
            let own = try fixture.serveInWorktree()
            _ = try fixture.run("N=\(number); " + script)
            #expect(try own.program.finish().ending == .signalled(SIGKILL))
            try fixture.endRunning(main)
        }

        @Test func aScriptBeforeAServerEndsNobodyElses() throws {
            let main = try fixture.serve()
            let feature = try project.scratch.start(
                [Program.portrun, "run", "-C", "../feature", "--", "npm", "-s", "run", "dev"])
            let port = try feature.number(after: "at ")
            #expect(port != number)
            try feature.errors.wait(
                for: "portrun: `fuser` asks for this checkout's own \(port) for \(number); "
                    + "`/usr/bin/fuser` asks for the machine's\n")
            feature.closeInput()
            _ = try feature.finish()
            try fixture.endRunning(main)
        }

        /// Nothing leads it elsewhere.
        @Test func whatAsksByItselfIsToldOfBefore() throws {
            try project.scratch.write(
                "test:\n\ttrue\nstop:\n\t/usr/bin/fuser -s -k \(number)/tcp\n", to: "../feature/Makefile")
            let main = try fixture.serve()
            let outcome = try project.run("run", "-C", "../feature", "--", "make", "-n", "stop")
            #expect(
                outcome.errors.contains(
                    "warning: Makefile:4: `/usr/bin/fuser` means whatever listens on \(number), which is the main checkout's; "
                        + "this one's own is "), "\(outcome)")
            let other = try project.run("run", "-C", "../feature", "--", "make", "test")
            #expect(!other.errors.contains("ends whatever"), "\(other)")
            let places = try project.run("discover", "-C", "../feature")
            #expect(places.output.contains("\tby tool\tpackage.json:1\n"), "\(places)")
            #expect(places.output.contains("\tnot at all\tMakefile:4\n"), "\(places)")
            try fixture.endRunning(main)
        }

        @Test func aNumberOfNobodysIsAsked() throws {
            let other = number + 1
            let stranger = try project.scratch.start(
                ["/bin/sh", "-c", "cd / && exec python3 \"$1\" \(other)", "sh", project.scratch.project + "/server.py"])
            try stranger.wait(for: "at \(other)\n")
            let outcome = try fixture.run("lsof -ti:\(other) | wc -l")
            #expect(outcome == .printed("1\n"), "\(outcome)")
            try fixture.endRunning(stranger)
        }

        /// In the main worktree a tool is what it is.
        @Test func theMainOneHasNoTools() throws {
            let server = try fixture.serve()
            let outcome = try fixture.run("command -v fuser; command -v lsof; lsof -ti:\(number)", in: ".")
            #expect(outcome == .printed("/usr/bin/fuser\n/usr/bin/lsof\n\(server.pid)\n"), "\(outcome)")
            #expect(try fixture.run("PORTRUN=0 lsof -ti:\(number)").output == "\(server.pid)\n")
            try fixture.endRunning(server)
        }
    }
#endif
