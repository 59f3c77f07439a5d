#if os(Linux)
    import Testing

    /// Two bookings of one checkout for one declared number: who names it comes to the one that is in use.
    @Suite(.timeLimit(.minutes(30)))
    struct IdleNamesakeTests {
        let project: Project
        private var declared: Int { project.outside }

        init() throws {
            project = try Project()
            try project.scratch.write(
                """
                require('net').createServer(peer => peer.end('here\\n'))
                  .listen(process.env.PORT || \(declared), function () { console.log('at', this.address().port) })
                process.stdin.on('end', () => process.exit()).resume()
                """, to: "index.js")
            try project.scratch.write("{\"scripts\": {\"dev\": \"node index.js\"}}", to: "package.json")
            try project.scratch.write(Project.client, to: "client.py")
            try project.addWorktree()
        }

        private func start(_ words: [String] = ["npm", "run", "-s", "dev"], wish: Int? = nil) throws
            -> (program: RunningProgram, port: Int)
        {
            let program = try project.scratch.start(
                [Program.portrun, "run", "-q", "-C", "../feature", "--"] + words,
                environment: (wish.map { ["PORT=\($0)"] } ?? []) + project.scratch.environment)
            return (program, Int(try program.number(after: "at ")))
        }

        private func end(_ program: RunningProgram) throws {
            program.closeInput()
            try #require(try program.finish().ending == .exited(0))
        }

        /// A wish has left an earlier booking beside the one that follows it.
        @Test func aClientComesToTheLiveOneAfterAWish() throws {
            let wish = declared + 1
            let first = try start()
            let second = try start(wish: wish)
            try end(first.program)
            try end(second.program)
            let third = try start(wish: wish)
            try end(third.program)
            let last = try start()
            let rows = try project.run("status", "-C", "../feature", "-q").output
            #expect(rows.split(separator: "\n").count == 2, "\(rows)")
            let client = try project.run("run", "-q", "-C", "../feature", "--", "python3", "client.py", "\(declared)")
            #expect(client == .printed("here\n"))
            let status = try project.run("status", "-C", "../feature")
            #expect(status.errors == "portrun: localhost:\(declared) → \(last.port) (web), by translation\n")
            try end(last.program)
        }

        /// The server runs under another name than the script's.
        @Test func getLeadsToTheLiveOne() throws {
            try project.scratch.write(
                """
                {"scripts": {"api": "node index.js", "site": "node site.js", "dev": "node index.js & node site.js & wait"}}
                """, to: "../feature/package.json")
            try project.scratch.write("process.stdin.on('end', () => {}).resume()", to: "../feature/site.js")
            let server = try start(["npm", "run", "-s", "api"])
            let get = ["get", "index", "-C", "../feature"]
            let first = try project.run(get)
            #expect(first.output == "web \(server.port)\n", "\(first)")
            #expect(first.errors.contains("`index` is `web` here, as `status` has it"), "\(first)")
            try end(server.program)
        }
    }
#endif
