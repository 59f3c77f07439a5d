#if os(Linux)
    import PortrunBase
    import Testing

    /// Programs that become another user, in a launch of somebody who then cannot.
    @Suite(.timeLimit(.minutes(30)), .enabled(if: OtherUser.asNobody != nil, "needs root and setpriv"))
    struct UserChangeTests {
        private let project: Project
        private let user: [String]

        /// A main worktree and a linked one whose port has moved, in a folder that `nobody` may write to.
        init() throws {
            user = try #require(OtherUser.asNobody)
            project = try Project()
            try project.scratch.write(
                "services: {db: {image: x, ports: ['\(project.outside):5432']}}\n", to: "compose.yaml")
            try project.scratch.write("up:\n\t@sudo echo done\n", to: "Makefile")
            try project.scratch.write(#"{"scripts": {"up": "sudo echo done"}}"#, to: "package.json")
            try project.scratch.writeProgram("#!/bin/sh\nexec \"$@\"\n", to: "bin/sudo")
            try project.addWorktree()
            let outcome = try project.scratch.shell("chown -R 65534:65534 .. \(project.scratch.path)")
            try #require(outcome == .printed(""))
        }

        private func run(in folder: String, _ command: String...) throws -> Outcome {
            let path = "\(project.scratch.project)/bin:/usr/local/bin:/usr/bin:/bin"
            return try project.scratch.run(
                user + [Program.portrun, "run", "-C", "\(project.scratch.project)/\(folder)", "--"] + command,
                environment: project.scratch.environment.map { $0.hasPrefix("PATH=") ? "PATH=\(path)" : $0 })
        }

        @Test func whoIsKeptFromItIsTold() throws {
            let outcome = try run(in: "../feature", "make", "up")
            #expect(outcome.output == "done\n", "\(outcome)")
            #expect(
                outcome.errors.contains(
                    "`sudo` cannot become another user in this command, whose ports are translated: start the command with `portrun run --translate off -- …`"
                ), "\(outcome)")
        }

        @Test func nobodyElseIs() throws {
            for outcome in [try run(in: ".", "make", "up"), try run(in: "../feature", "sudo", "echo", "done")] {
                #expect(outcome.output == "done\n" && !outcome.errors.contains("cannot become"), "\(outcome)")
            }
        }

        @Test func aScriptThatNeedsItIsNotTranslated() throws {
            let outcome = try run(in: "../feature", "npm", "run", "up")
            #expect(!outcome.errors.contains("cannot become"), "\(outcome)")
            #expect(outcome.errors.contains("`sudo` would not work in the command"), "\(outcome)")
        }
    }
#endif
