import Testing

/// What a command in a checkout that is alone is told: nothing that it has by itself, and nothing that it may not want.
@Suite(.timeLimit(.minutes(30)))
struct LoneCheckoutTests {
    let project: Project

    init() throws { project = try Project() }

    private let variables = "${PORT-none} ${WEB_PORT-none} ${APP_PORT-none}"

    @Test func aProgramThatNobodyKnowsIsToldAndBookedNothing() throws {
        try project.scratch.writeProgram("#!/bin/bash\necho \(variables)\n", to: "tool")
        #expect(try project.run("--", "./tool") == .printed("none none none\n"))
        #expect(try project.run("status") == .printed(""))
        // A wish is booked, and only for as long as it is wished.
        let wished = project.outside
        #expect(try project.run(["--", "./tool"], ["PORT=\(wished)"]) == .printed("\(wished) none none\n"))
        #expect(try ports() == ["web \(wished)"])
        #expect(try project.run("--", "./tool") == .printed("none none none\n"))
    }

    #if os(Linux)
        /// Each server in it moves by its own number.
        @Test func inASecondCheckoutAScriptOfTheShellIsToldNone() throws {
            try project.becomeGuest()
            try project.scratch.writeProgram("#!/bin/bash\necho \(variables)\n", to: "tool")
            #expect(try project.run("--", "./tool") == .printed("none none none\n"))
            #expect(try ports() == [])
        }
    #endif

    @Test func inASecondCheckoutSuchAProgramIsToldAPort() throws {
        try project.becomeGuest()
        let values = "*(os.environ.get(name, 'none') for name in ('PORT', 'WEB_PORT', 'APP_PORT'))"
        try project.scratch.writeProgram("#!/usr/bin/python3\nimport os\nprint(\(values))\n", to: "tool")
        let outcome = try project.run("--", "./tool")
        let booked = try #require(try ports().first?.split(separator: " ").last)
        #expect(outcome == .printed("\(booked) \(booked) none\n"))
        let wished = project.outside
        #expect(try project.run(["--", "./tool"], ["PORT=\(wished)"]).output.hasPrefix("\(wished) "))
        let again = try project.run("--", "./tool")
        #expect(again.ending == .exited(0) && !again.output.contains("\(wished)"), "\(again)")
    }

    @Test(arguments: ["services: {web: {image: x, ports: ['@:80']}}", "services: {db: {image: x, ports: ['@:80']}}"])
    func aServerWithAPortOfItsOwnIsToldNothing(_ compose: String) throws {
        try project.scratch.write(compose.replacing("@", with: "\(project.outside + 1)"), to: "compose.yaml")
        try writeServer("import os; print(os.environ.get('PORT', '\(project.outside)'), os.environ.get('APP_PORT'))")
        #expect(try project.run("-q", "--", "python3", "server.py") == .printed("\(project.outside) None\n"))
        #expect(try ports().contains { $0.hasSuffix(" \(project.outside)") })
    }

    /// Whether its server has the service's number or one of its own.
    @Test(arguments: [0, 1])
    func aFolderThatIsCalledLikeAServiceChangesNothing(_ offset: Int) throws {
        try project.scratch.write(
            "services: {backend: {image: x, ports: ['\(project.outside):80']}}\n", to: "compose.yaml")
        let own = project.outside + offset
        try project.scratch.write(
            "import os; print(os.environ.get('PORT', '\(own)'), os.environ.get('BACKEND_PORT'))\n",
            to: "backend/server.py")
        for _ in 1...2 {
            try #require(try project.run("book", "--auto", "-q").ending == .exited(0))
            #expect(
                try project.run("run", "-C", "backend", "--", "python3", "server.py") == .printed("\(own) None\n"))
            #expect(try project.run("get", "backend", "-q") == .printed("\(project.outside)\n"))
        }
    }

    #if os(Linux)
        /// A daemon has outlived the command that has started it: it is no stranger.
        @Test func aDaemonOfTheCheckoutIsNotInTheWay() throws {
            let port = project.outside
            try project.scratch.write(
                "services: {db: {image: postgres, ports: ['\(port):5432']}}\n", to: "compose.yaml")
            let start = """
                import os, socket, sys
                listener = socket.create_server(("127.0.0.1", \(port)))
                os.chdir("/")
                print("ready", flush=True)
                sys.stdin.read()
                """
            try project.scratch.write(start, to: "daemon.py")
            try #require(try project.run("book", "--auto", "-q").ending == .exited(0))
            let context = try project.contextHash()
            for variables in [["PORTRUN_CONTEXT=\(context)"], []] {
                let daemon = try project.scratch.start(
                    ["/usr/bin/python3", "daemon.py"], environment: project.scratch.environment + variables)
                try daemon.wait(for: "ready\n")
                let outcome = try project.run("--", "/bin/sh", "-c", "echo $DB_PORT")
                if variables.isEmpty {
                    #expect(outcome.errors.contains("another program listens on \(port)"), "\(outcome)")
                } else {
                    #expect(outcome == .printed("\(port)\n"))
                }
                daemon.closeInput()
                _ = try daemon.finish()
            }
        }

        @Test func aDaemonOnTheServersOwnPortIsNamed() throws {
            let script = """
                import os, socket, sys
                listener = socket.create_server(("127.0.0.1", int(os.environ.get("PORT", "\(project.outside)"))))
                print("at", listener.getsockname()[1], flush=True)
                sys.stdin.read()

                """
            try writeServer(script)
            // It goes on without its lease.
            let daemon = try project.scratch.start(["/usr/bin/python3", "server.py"])
            try daemon.wait(for: "at \(project.outside)\n")
            let outcome = try project.run("--", "python3", "server.py")
            #expect(outcome.ending == .exited(0) && outcome.output != "at \(project.outside)\n", "\(outcome)")
            #expect(
                outcome.errors.contains("of this checkout (pid \(daemon.pid)) listens on \(project.outside)"),
                "\(outcome)")
            daemon.closeInput()
            _ = try daemon.finish()
        }
    #endif

    @Test func whatWasBookedByNameIsTold() throws {
        try #require(try project.run("book", "mail", "-q").ending == .exited(0))
        let outcome = try project.run("-q", "--", "/bin/sh", "-c", "true; echo ${MAIL_PORT-none}")
        #expect(outcome == .printed("\(project.first)\n"))
        try project.scratch.writeProgram("#!/bin/bash\necho ${MAIL_PORT-none} ${PORT-none}\n", to: "tool")
        #expect(try project.run("--", "./tool") == .printed("\(project.first) none\n"))
    }

    @Test(arguments: [false, true])
    func aNumberInAScriptOfAPackageMovesOutsideMain(isGuest: Bool) throws {
        if isGuest { try project.becomeGuest() }
        let own = project.outside
        try project.scratch.write(
            "if (false) server.listen();\nconsole.log(process.argv.slice(2).join(' '))\n", to: "server.js")
        let manifest = #"{"scripts": {"dev": "node server.js --port PORT --open"}}"#
        try project.scratch.write(manifest.replacing("PORT", with: "\(own)"), to: "package.json")
        let outcome = try project.run("-q", "--", "npm", "run", "-s", "dev")
        let booked = try #require(try ports().first?.split(separator: " ").last)
        #expect((booked != "\(own)") == isGuest)
        #expect(outcome == .printed(isGuest ? "--open --port \(booked)\n" : "--port \(own) --open\n"))
    }

    @Test func aScriptThatNeedsPORTHasOne() throws {
        try writeServer("import os; print(os.environ['PORT'])")
        #expect(try project.run("--", "python3", "server.py") == .printed("\(project.web)\n"))
    }

    /// A script, other files, and whether the `PORT` of `.env` is its.
    static let scripts: [(text: String, files: [String: String], isRead: Bool)] = [
        ("", [:], false), ("from dotenv import load_dotenv; ", [:], true),
        ("", ["requirements.txt": "flask\npython-dotenv\n"], true), ("", ["requirements.txt": "flask\n"], false),
        ("", ["package.json": #"{"dependencies": {"dotenv": "16"}}"#], true),
    ]

    @Test(arguments: scripts.indices)
    func aPORTOfAnEnvFileIsTheServersWhereSomethingReadsIt(_ index: Int) throws {
        let (text, files, isRead) = Self.scripts[index]
        let (own, other) = (project.outside, project.outside + 1)
        try project.scratch.write("PORT=\(other)\n", to: ".env")
        for (name, text) in files { try project.scratch.write(text, to: name) }
        try writeServer("import os; print(os.environ.get('PORT', '\(own)'))\nif 0: \(text)pass")
        #expect(try project.run("--", "python3", "server.py") == .printed("\(own)\n"))
        #expect(try ports() == ["web \(isRead ? other : own)"])
    }

    private static let hasNetworks = (try? Scratch().shell("unshare -n ip link set lo up").ending) == .exited(0)

    /// In a network namespace of its own, where the ports that programs have by themselves are free.
    @Test(.enabled(if: hasNetworks, "needs unshare(1), ip(8) and root"))
    func usualCommandsBindAndReadWhatTheyDoWithoutPortrun() throws {
        let script = Checkout.root + "/Tests/Scenarios/lone_checkout.py"
        let outcome = try Checkout.run("/usr/bin/env", "PORTRUN=\(Program.portrun)", "unshare", "-n", "python3", script)
        let table = """
            node server.js: 3000: same
            node fixed.js: 3005: same
            npm run dev: 3000: same
            npm run vite: 5199: same
            npm run both: 4000 4001: same
            npm run inspect: 3005 9229: same
            python3 app.py: 5000: same
            python3 -m http.server: 8000: same
            php -S localhost:8000: 8000: same
            ruby server.rb: 4567: same
            make dev: 8100: same
            sh ./dev.sh: 3005 5000: same
            ./foreman start: 5000 5199: same
            ./tool: 8081: same
            env PORT=4321 node server.js: 4321: same
            """
        let rows = outcome.output.split(separator: "\n").map(String.init)
        let known = table.split(separator: "\n").map(String.init)
        #expect(rows.count == known.count, "\(outcome)")
        for (row, expected) in zip(rows, known) where !row.hasSuffix(": not installed") { #expect(row == expected) }
    }

    private func writeServer(_ text: String) throws { try project.scratch.write(text + "\n", to: "server.py") }

    /// `service port` of each booking.
    private func ports() throws -> [String] {
        try project.run("status").output.split(separator: "\n").map { row in
            row.split(separator: "\t", omittingEmptySubsequences: false)[1...2].joined(separator: " ")
        }
    }
}
