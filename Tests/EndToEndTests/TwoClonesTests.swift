#if os(Linux)
    import Testing

    /// Two clones of one repository and a number that only the source has: neither comes to the other's server.
    @Suite(.timeLimit(.minutes(30)))
    struct TwoClonesTests {
        let project: Project
        private var number: Int { project.outside }

        init() throws {
            // Each has an origin of its own: a process is known as a clone's by the hash of that.
            project = try Project()
            try project.scratch.write(
                """
                import os, socket, sys, threading
                threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
                listener = socket.create_server(("127.0.0.1", \(number)))
                print("at", listener.getsockname()[1], flush=True)
                while True:
                    peer = listener.accept()[0]
                    peer.sendall(os.path.basename(os.getcwd()).encode() + b"\\n")
                    peer.close()
                """, to: "../first/server.py")
            try project.scratch.write(Project.client, to: "../first/client.py")
            try project.scratch.write(
                "server:\n\tpython3 server.py\nclient:\n\t@python3 client.py \(number)\n", to: "../first/Makefile")
            try #require(
                try project.scratch.shell(
                    """
                    cd ../first && git init -q -b main && git add .
                    git -c user.name=a -c user.email=a@example.org commit -q -m first
                    cd .. && git clone -q first second && git clone -q first third
                    git -C second checkout -q -b topic
                    for clone in first second third; do git -C $clone config remote.origin.url \
                    git@example.org:acme/shop-\(number).git; done
                    """) == .printed(""))
        }

        private func start(in clone: String) throws -> (program: RunningProgram, port: Int) {
            let program = try project.scratch.start(
                [Program.portrun, "run", "-q", "-C", "../\(clone)", "--", "make", "-s", "server"])
            return (program, Int(try program.number(after: "at ")))
        }

        private func ask(in clone: String) throws -> Outcome {
            try project.run("run", "-C", "../\(clone)", "--", "make", "-s", "client")
        }

        private func end(_ server: RunningProgram) throws {
            server.closeInput()
            _ = try server.finish()
        }

        /// On a branch of its own or on the same one, and also where the first one was started without portrun.
        @Test(arguments: ["second", "third"], [true, false])
        func eachReachesItsOwnServer(_ clone: String, _ isByPortrun: Bool) throws {
            // The first clone has been used before.
            _ = try ask(in: "first")
            let plain = ["/bin/sh", "-c", "cd ../first && make -s server"]
            let first = try isByPortrun ? start(in: "first").program : project.scratch.start(plain)
            if !isByPortrun { #expect(try first.number(after: "at ") == number) }
            let refused = try ask(in: clone)
            #expect(refused.output == "Connection refused\n", "\(refused)")
            #expect(refused.errors.contains("`--use-main port-\(number)`"), "\(refused)")
            #expect(refused.errors.contains("the other clone's ("), "\(refused)")
            #expect(!refused.errors.contains("main checkout"), "\(refused)")
            let other = try start(in: clone)
            #expect(other.port != number)
            for clone in isByPortrun ? [clone, "first"] : [clone] {
                let answer = try ask(in: clone)
                #expect(answer == .printed("\(clone)\n"), "\(answer)")
            }
            try end(first)
            try end(other.program)
        }

        /// Neither does a script that ends whatever has the number.
        @Test(arguments: ["second", "third"], [true, false])
        func noPortToolFindsTheFirstClonesServer(_ clone: String, _ isByPortrun: Bool) throws {
            _ = try ask(in: "first")
            let plain = ["/bin/sh", "-c", "cd ../first && make -s server"]
            let first = try isByPortrun ? start(in: "first").program : project.scratch.start(plain)
            if !isByPortrun { _ = try first.number(after: "at ") }
            for script in [
                "fuser -k -s \(number)/tcp", "lsof -ti:\(number) -sTCP:LISTEN | xargs -r kill -9",
                "ss -ltnp | grep :\(number) | sed 's/.*pid=\\([0-9]*\\).*/\\1/' | xargs -r kill -9",
            ] {
                _ = try project.run("run", "-C", "../\(clone)", "--", "sh", "-c", script)
            }
            first.closeInput()
            #expect(try first.finish().ending == .exited(0))
        }

        /// Whoever comes later gives way, and is back on its number when it is alone.
        @Test func theFirstToRunHasTheNumber() throws {
            _ = try ask(in: "first")
            let second = try start(in: "second")
            #expect(second.port == number)
            #expect(try ask(in: "first").output == "Connection refused\n")
            let first = try start(in: "first")
            #expect(first.port != number)
            #expect(try ask(in: "second") == .printed("second\n"))
            try end(second.program)
            try end(first.program)
            let alone = try start(in: "first")
            #expect(alone.port == number)
            #expect(try ask(in: "first") == .printed("first\n"))
            try end(alone.program)
        }
    }
#endif
