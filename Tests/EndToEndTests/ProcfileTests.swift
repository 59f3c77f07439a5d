import Testing

/// A runner of a Procfile's processes, by a stand-in that sets `PORT` and reads `.env` as foreman does.
@Suite(.timeLimit(.minutes(30)))
struct ProcfileTests {
    let project: Project

    init() throws { project = try Project() }

    private static let foreman = """
        #!/usr/bin/env python3
        import os, subprocess, sys
        words = sys.argv[2:]
        def value(flag, otherwise):
            return words[words.index(flag) + 1] if flag in words else otherwise
        procfile = value("-f", "Procfile")
        root = value("-d", os.path.dirname(os.path.abspath(procfile)))
        environment = dict(os.environ)
        for line in open(os.path.join(root, ".env")):
            name, _, text = line.strip().partition("=")
            environment[name] = text
        port = int(value("-p", environment.get("PORT", "5000")))
        for line in open(procfile):
            if line[0] == "#":
                continue
            name, _, command = line.partition(": ")
            subprocess.run(command, shell=True, cwd=root, env={**environment, "PORT": str(port)}, check=True)
            port += 100
        """

    private func write() throws {
        try project.scratch.writeProgram(Self.foreman, to: "foreman")
        try project.scratch.writeProgram("#!/bin/sh\necho \"$(basename \"$0\") $* at $PORT\"\n", to: "uvicorn")
        try project.scratch.writeProgram("#!/bin/sh\necho \"worker at $PORT\"\n", to: "worker")
        try project.scratch.write("PORT=\(project.outside)\n", to: ".env")
        try project.scratch.write(
            """
            web: echo "web ${PORT:-1} $PORT"
            worker: ./worker
            api: ./uvicorn app:app --port \(project.outside + 7)

            """, to: "Procfile")
    }

    @Test func nothingChangesInACheckoutThatIsAlone() throws {
        try write()
        let plain = try project.scratch.run(["\(project.scratch.project)/foreman", "start"])
        let base = project.outside
        #expect(
            plain.output
                == "web \(base) \(base)\nworker at \(base + 100)\n"
                + "uvicorn app:app --port \(base + 7) at \(base + 200)\n")
        #expect(try project.run("-q", "--", "./foreman", "start") == plain)
        #expect(try bookings() == ["web \(base) \(base)", "api \(base + 7) \(base + 7)"])
    }

    @Test func inASecondCheckoutEachServerHasAPortOfItsOwn() throws {
        try project.becomeGuest()
        try write()
        let outcome = try project.run("-q", "--", "./foreman", "start")
        let base = project.outside
        let booked = try bookings().map { $0.split(separator: " ").map(String.init) }
        try #require(booked.count == 2)
        #expect(Set(booked.map { $0[2] }) == ["\(base)", "\(base + 7)"])
        let web = try #require(booked.first { $0[0] == "web" })[1]
        let api = try #require(booked.first { $0[0] == "api" })[1]
        #expect(web != "\(base)" && api != "\(base + 7)" && web != api)
        #expect(
            outcome
                == .printed(
                    "web \(web) \(web)\nworker at \(base + 100)\nuvicorn app:app --port \(api) at \(base + 200)\n"))
    }

    @Test(arguments: ["npm run -s dev", "bin/dev"])
    func aScriptThatStartsTheRunnerIsAsTheRunner(_ command: String) throws {
        try project.becomeGuest()
        try write()
        try project.scratch.write(#"{"scripts": {"dev": "./foreman start"}}"#, to: "package.json")
        try project.scratch.writeProgram("#!/bin/sh\nexec ./foreman start \"$@\"\n", to: "bin/dev")
        let outcome = try project.run(["-q", "--"] + command.split(separator: " ").map(String.init))
        let booked = try bookings().map { $0.split(separator: " ").map(String.init) }
        try #require(booked.count == 2, "\(outcome)")
        let base = project.outside
        #expect(Set(booked.map { $0[2] }) == ["\(base)", "\(base + 7)"])
        let web = try #require(booked.first { $0[0] == "web" })[1]
        let api = try #require(booked.first { $0[0] == "api" })[1]
        #expect(
            outcome
                == .printed(
                    "web \(web) \(web)\nworker at \(base + 100)\nuvicorn app:app --port \(api) at \(base + 200)\n"))
    }

    /// The runner would give that number to the main worktree's process.
    @Test func whatMovesStaysOffTheNumbersOfProcesses() throws {
        try project.becomeGuest()
        let words = ["run", "-q", "web", "--", "sh", "-c", "echo $PORT"]
        let usual = try #require(Int(try project.run(words).output.filter(\.isNumber)))
        _ = try project.run("release", "web")
        try project.scratch.write("web: npm run dev -w web\napi: npm start -w api\n", to: "Procfile")
        try project.scratch.write("PORT=\(usual - 100)\n", to: ".env.procfile")
        let other = try #require(Int(try project.run(words).output.filter(\.isNumber)))
        #expect(other != usual)
        #expect((project.web...project.web + 9).contains(other))
    }

    /// A worktree's idle booking has the number of a process since before there was a Procfile.
    @Test func anIdleBookingYieldsToTheMainWorktreesProcess() throws {
        try project.becomeGuest()
        let words = ["run", "-q", "web", "--", "sh", "-c", "echo $PORT"]
        let port = try #require(Int(try project.run(words).output.filter(\.isNumber)))
        // A runner's processes are a hundred apart.
        let below = try PortBlock(from: project.web - 100)
        defer { withExtendedLifetime(below) {} }
        try project.scratch.writeProgram(Self.foreman, to: "../main/foreman")
        try project.scratch.write("PORT=\(port - 100)\n", to: "../main/.env")
        try project.scratch.write("web: echo $PORT\napi: echo $PORT\n", to: "../main/Procfile")
        let main = try project.scratch.shell("cd ../main && \(Program.portrun) -q -- ./foreman start")
        #expect(main == .printed("\(port - 100)\n\(port)\n"))
        #expect(try project.run(words).output != "\(port)\n")
    }

    /// `service port declared` of each booking.
    private func bookings() throws -> [String] {
        try project.run("status").output.split(separator: "\n").map { row in
            row.split(separator: "\t", omittingEmptySubsequences: false)[1...3].joined(separator: " ")
        }
    }
}
