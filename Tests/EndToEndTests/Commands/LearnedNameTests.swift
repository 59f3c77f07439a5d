#if os(Linux)
    import Testing

    /// What commands say of ports that a launch of the main worktree has shown, and no file declares.
    @Suite(.timeLimit(.minutes(30)))
    struct LearnedNameTests {
        private let project: Project
        private var number: Int { project.outside }
        private var name: String { "port-\(number)" }

        init() throws {
            project = try Project()
            try project.scratch.write(
                """
                import socket, sys
                listener = socket.create_server(("127.0.0.1", \(number)))
                print("ready", flush=True)
                sys.stdin.read()
                """, to: "server.py")
            try project.scratch.write(".env\n", to: ".gitignore")
            try project.addWorktree()
            let main = try project.scratch.start(
                [Program.portrun, "--", "python3", "server.py"], environment: project.scratch.environment)
            try main.wait(for: "ready\n")
            try Deadline.wait(for: "the look at where it listens") {
                try project.run("status", "-q").output == "\(number)\n"
            }
            main.closeInput()
            _ = try main.finish()
        }

        private func inFeature(_ words: String..., variables: [String] = []) throws -> Outcome {
            try project.run([words[0], "-C", "../feature"] + words.dropFirst(), variables)
        }

        @Test func aWorktreesFirstLaunchNamesThem() throws {
            let summary = "portrun: project/feature: \(name) \(project.first) (declared \(number))\n"
            let first = try inFeature("run", "-v", "--", "make", "-v").errors
            #expect(
                first.hasPrefix(
                    "portrun: `\(name)` is \(project.first) here: \(number) is the main checkout's; "
                        + "start this checkout's own, or use that one with `--use-main \(name)`\n" + summary),
                "\(first)")
            let second = try inFeature("run", "-v", "--", "make", "-v").errors
            #expect(second.hasPrefix(summary), "\(second)")
        }

        /// It is not booked a second time, and has one name everywhere.
        @Test func whoAsksByTheNameOfAnEnvFileIsToldOfIt() throws {
            try project.scratch.write("CACHE_URL=redis://localhost:\(number)/0\n", to: ".env")
            try project.scratch.write("CACHE_URL=redis://localhost:\(number)/0\n", to: "../feature/.env")
            let told = "portrun: `redis` is `\(name)` here, as `status` has it\n"
            #expect(
                try project.run("get", "redis")
                    == Outcome(ending: .exited(0), output: "\(name) \(number)\n", errors: told))
            #expect(try inFeature("run", "-q", "--", "make", "-v").ending == .exited(0))
            for option in [["--no-book"], []] {
                let outcome = try project.run(["get", "redis", "-C", "../feature"] + option)
                #expect(
                    outcome == Outcome(ending: .exited(0), output: "\(name) \(project.first)\n", errors: told))
            }
            #expect(try inFeature("get", "redis", "-q") == .printed("\(project.first)\n"))
            #expect(try inFeature("get", "redis", "--json").output.contains("\"service\": \"\(name)\""))
            #expect(try inFeature("adopt").output.hasPrefix("\(name)\t\(project.first)\t.env:1"))
            #expect(try inFeature("status", "-q") == .printed("\(project.first)\n"))
        }

        /// Nobody has been seen there, but the project says the number.
        @Test func whatTheFilesNumberIsTheServicesPort() throws {
            let port = project.outside + 1
            try project.scratch.write("CACHE_URL=redis://localhost:\(port)/0\n", to: ".env")
            #expect(try project.run("get", "redis") == .printed("redis \(port)\n"))
        }

        @Test func aShellIsToldThatItsVariablesMoveNothingInTheSource() throws {
            #expect(try inFeature("run", "-q", "--", "make", "-v").ending == .exited(0))
            let outcome = try inFeature("export")
            #expect(
                outcome.errors
                    == "portrun: no variable moves a number that stands in source code, as \(number) "
                    + "(\(project.first) here): put `portrun --` before commands of this shell\n")
            #expect(try project.run("export").errors.isEmpty)
        }
    }
#endif
