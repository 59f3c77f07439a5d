#if os(Linux)
    import PortrunBase
    import Testing

    /// A port that no file declares, and on which somebody else listens already.
    @Suite(.timeLimit(.minutes(30)))
    struct MovedAtOnceTests {
        private let project: Project
        /// What the compose file declares, so that a linked worktree has a localhost of its own.
        private var database: Int { project.outside }
        /// What is in nobody's files.
        private var taken: Int { project.outside + 1 }

        init() throws {
            project = try Project()
            try project.scratch.write(
                "services:\n  db: {image: x, ports: ['\(project.outside):5432']}\n", to: "compose.yaml")
            try project.scratch.write(Self.server, to: "server.py")
            try project.scratch.writeProgram("#!/bin/sh\nexec python3 server.py \"$@\"\n", to: "tool")
            try project.addWorktree()
        }

        /// Prints where it listens and whom it reaches by the number that it knows.
        private static let server = """
            import socket, sys
            port = int(sys.argv[1])
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind(("127.0.0.1", port))
            except OSError as error:
                print(error.strerror, flush=True)
                sys.stdin.read()
                sys.exit(1)
            listener.listen()
            client = socket.create_connection(("127.0.0.1", port))
            print(f"at {listener.getsockname()[1]}\\nto {client.getpeername()[1]}", flush=True)
            sys.stdin.read()
            """

        private func start(in folder: String, _ words: [String] = [Program.portrun, "run", "--"]) throws
            -> RunningProgram
        {
            try project.scratch.start(
                words + ["sh", "-c", "cd \(project.scratch.project)/\(folder) && exec ./tool \(taken)"],
                environment: project.scratch.environment)
        }

        private func run(in folder: String) throws -> RunningProgram {
            try project.scratch.start(
                [Program.portrun, "run", "-C", "\(project.scratch.project)/\(folder)", "--", "./tool", "\(taken)"],
                environment: project.scratch.environment)
        }

        @Test func whatMainListensOnMovesAtOnceAndIsRemembered() throws {
            try #require(try project.run("book", "api", "--port", "\(taken)", "-q").ending == .exited(0))
            let main = try run(in: ".")
            try main.wait(for: "at \(taken)\nto \(taken)\n")
            let feature = try run(in: "../feature")
            let own = try feature.number(after: "at ")
            #expect(own != taken)
            try feature.errors.wait(
                for: "\(taken) is `api` of project/main: the command listens on \(own) in its place\n")
            feature.closeInput()
            let outcome = try feature.finish()
            #expect(outcome.output == "at \(own)\nto \(own)\n")
            #expect(outcome.ending == .exited(0))
            let discovered = try project.run("discover", "-C", "../feature").output
            #expect(discovered.contains("\napi\t\(taken)\t\(own)\tlistened here on 20"), "\(discovered)")
            // From now on it is as if a file declared it.
            let again = try run(in: "../feature")
            try again.wait(for: "at \(own)\nto \(own)\n")
            again.closeInput()
            #expect(!(try again.finish().errors.contains("in its place")))
            main.closeInput()
            #expect(try main.finish().output == "at \(taken)\nto \(taken)\n")
            #expect(try project.run("release", "--learned", "-C", "../feature") == .printed("api \(own)\n"))
        }

        /// As where nobody listens, the number is the main worktree's.
        @Test func whatAnotherProjectHasIsStillNotThisOnes() throws {
            let booked = try project.run("book", "api", "--context", "other", "--port", "\(taken)", "-q")
            try #require(booked.ending == .exited(0))
            // What runs in the main worktree's folder would be that one's.
            try expectMove(
                beside: project.scratch.start([
                    "/bin/sh", "-c", "cd / && exec python3 \(project.scratch.project)/server.py \(taken)",
                ]), notice: "\(taken) is in use by `python3`")
        }

        @Test func norIsWhatAStrangerHas() throws {
            try #require(try project.run("book", "api", "--port", "\(taken)", "-q").ending == .exited(0))
            try expectMove(beside: start(in: ".", ["/usr/bin/env"]), notice: "\(taken) is `api` of project/main")
        }

        private func expectMove(beside other: RunningProgram, notice: String) throws {
            try other.wait(for: "at \(taken)\nto \(taken)\n")
            let feature = try run(in: "../feature")
            let own = try feature.number(after: "at ")
            #expect(own != taken)
            try feature.errors.wait(for: "\(notice): the command listens on \(own) in its place\n")
            for program in [feature, other] {
                program.closeInput()
                #expect(try program.finish().ending == .exited(0))
            }
        }

        /// The main worktree keeps it, also while nothing of it runs.
        @Test func aPortOfMainsOnWhichNobodyListensIsLeftToIt() throws {
            try #require(try project.run("book", "api", "--port", "\(taken)", "-q").ending == .exited(0))
            let feature = try run(in: "../feature")
            let own = try feature.number(after: "at ")
            #expect(own != taken)
            try feature.errors.wait(
                for: "\(taken) is `api` of project/main: the command listens on \(own) in its place\n")
            feature.closeInput()
            #expect(try feature.finish().ending == .exited(0))
        }
    }
#endif
