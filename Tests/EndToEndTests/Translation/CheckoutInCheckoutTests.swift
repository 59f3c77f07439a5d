#if os(Linux)
    import PortrunBase
    import Testing

    /// Checkouts inside of one another: a worktree in another linked one's folder, and the submodules of each.
    @Suite(.timeLimit(.minutes(30)))
    struct CheckoutInCheckoutTests {
        private let project: Project
        private var number: Int { project.outside }

        init() throws {
            project = try Project()
            try project.scratch.write(
                """
                import os, socket, sys, threading
                threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
                listener = socket.create_server(("127.0.0.1", \(project.outside)))
                print("at", listener.getsockname()[1], flush=True)
                while True:
                    peer = listener.accept()[0]
                    peer.sendall(os.getcwd().encode() + b"\\n")
                    peer.close()
                """, to: "server.py")
            try project.scratch.write(Project.client, to: "client.py")
        }

        /// Starts the server of the checkout at `folder`, seen from the project.
        private func serve(_ folder: String, _ launcher: String...) throws -> RunningProgram {
            try project.scratch.start(
                ["/bin/sh", "-c", #"cd "$1" && shift && exec "$@""#, "sh", folder] + launcher + [
                    "python3", "server.py",
                ])
        }

        /// What answers on the number in the checkout at `folder`.
        private func ask(_ folder: String) throws -> String {
            try project.run("run", "-q", "-C", folder, "--", "python3", "client.py", "\(number)").output
        }

        private func end(_ programs: RunningProgram...) throws {
            for program in programs {
                program.closeInput()
                _ = try program.finish()
            }
        }

        @Test func aWorktreeInsideOfAnotherIsNoPartOfIt() throws {
            try project.addWorktree()
            try #require(
                try project.scratch.shell("git worktree add -q ../feature/trees/inner -b inner") == .printed(""))
            let inner = try serve("../feature/trees/inner")
            try inner.wait(for: "at \(number)\n")
            #expect(try ask("../feature") == "Connection refused\n")
            let outer = try serve("../feature", Program.portrun, "--")
            #expect(try outer.number(after: "at ") != number)
            #expect(try ask("../feature").hasSuffix("/feature\n"))
            try end(inner)
            #expect(try ask("../feature/trees/inner") == "Connection refused\n")
            try end(outer)
        }

        /// Makes the project one with the submodule `part`, and a linked worktree of it that has that, too.
        private func addSubmodule() throws {
            try #require(
                try project.scratch.shell(
                    """
                    set -e
                    export GIT_CONFIG_COUNT=3 GIT_CONFIG_KEY_0=protocol.file.allow GIT_CONFIG_VALUE_0=always
                    export GIT_CONFIG_KEY_1=user.name GIT_CONFIG_VALUE_1=a
                    export GIT_CONFIG_KEY_2=user.email GIT_CONFIG_VALUE_2=a@example.org
                    git init -q -b main ../part
                    cp server.py client.py ../part
                    git -C ../part add .
                    git -C ../part commit -q -m first
                    git init -q -b main
                    git submodule --quiet add "$PWD/../part" part 2>&1
                    git add .
                    git commit -q -m first
                    git worktree add -q ../feature -b feature
                    git -C ../feature submodule --quiet update --init 2>&1
                    """) == .printed(""))
        }

        @Test(arguments: [[], [Program.portrun, "--"]])
        func aSubmoduleDoesNotComeToTheMainWorktrees(_ launcher: [String]) throws {
            try addSubmodule()
            let main = try project.scratch.start(
                ["/bin/sh", "-c", #"cd part && exec "$@""#, "sh"] + launcher + ["python3", "server.py"])
            #expect(try main.number(after: "at ") == number)
            #expect(try ask("../feature/part") == "Connection refused\n")
            let other = try serve("../feature/part", Program.portrun, "--")
            #expect(try other.number(after: "at ") != number)
            #expect(try ask("../feature/part").hasSuffix("/feature/part\n"))
            #expect(try ask("part").hasSuffix("/project/part\n"))
            try end(main, other)
        }

        /// One that git makes of the submodule itself, in whatever folder.
        @Test func aWorktreeOfASubmoduleIsLinkedToThat() throws {
            try addSubmodule()
            try #require(try project.scratch.shell("git -C part worktree add -q ../../other -b other") == .printed(""))
            let other = try serve("../other", Program.portrun, "--")
            #expect(try Int(other.number(after: "at ")) != number)
            let main = try serve("part")
            try main.wait(for: "at \(number)\n")
            #expect(try ask("../other").hasSuffix("/other\n"))
            #expect(try ask("part").hasSuffix("/project/part\n"))
            try end(main, other)
        }

        @Test func aSubmoduleLeavesTheNumberToTheMainWorktrees() throws {
            try addSubmodule()
            let other = try serve("../feature/part", Program.portrun, "--")
            let port = try other.number(after: "at ")
            #expect(Int(port) != number)
            let main = try serve("part", Program.portrun, "--")
            #expect(try main.number(after: "at ") == number)
            try end(main, other)
        }
    }
#endif
