import PortrunBase
import PortrunLaunch
import Testing

/// The port that the user has given `PORT` is the one that the command's service gets while it is free.
@Suite(.timeLimit(.minutes(30)))
struct OwnPortTests {
    let project: Project

    init() throws { project = try Project() }

    /// What env files say, by name, as an offset from the first port that no range has; the environment's value; the
    /// offset that is booked.
    static let cases: [(files: [String: String], variables: [String], booked: Int)] = [
        ([".env": "PORT=@0"], [], 0),
        ([".env": "export PORT='@1' # mine", ".env.local": "OTHER=1"], [], 1),
        ([".env": "PORT=@0", ".env.local": "PORT=@1"], [], 1),
        ([".env.local": "PORT=@0", ".env.development": "PORT=@1", ".env": "PORT=@2"], [], 1),
        ([".env.development.local": "PORT=@0", ".env.development": "PORT=@1"], [], 0),
        ([".env.production": "PORT=@0", ".env": "PORT=@1"], ["NODE_ENV=production"], 0),
        ([".env": "BASE=@3\nPORT=${BASE}"], [], 3), ([".env": "PORT=@0"], ["PORT=@1"], 1),
    ]

    @Test(arguments: cases.indices)
    func isTheOneThatFilesOrTheEnvironmentSay(_ index: Int) throws {
        let (files, variables, booked) = Self.cases[index]
        for (name, text) in files { try project.scratch.write(filled(text) + "\n", to: name) }
        let outcome = try project.run(["--", "/bin/sh", "-c", "echo $PORT"], variables.map(filled))
        #expect(outcome == .printed("\(project.outside + booked)\n"))
    }

    @Test(
        arguments: [
            ([".env": "PORT=80"], []), ([".env": "PORT=many"], []), ([".env": "PORT=$BASE"], []),
            ([".env.production": "PORT=@0"], []),
            // An empty variable is one that the environment has.
            ([".env": "PORT=@0"], ["PORT="]), ([".env": "API_PORT=@0"], []),
        ] as [([String: String], [String])])
    func isNoneWhereNobodySaysAPort(_ files: [String: String], _ variables: [String]) throws {
        for (name, text) in files { try project.scratch.write(filled(text) + "\n", to: name) }
        let outcome = try project.run(["--", "/bin/sh", "-c", "echo $PORT"], variables)
        #expect(outcome == .printed("\(project.web)\n"))
    }

    @Test func aLaterWishCountsAndAnOuterPortrunIsNotTheUser() throws {
        #expect(try project.run("--", "/bin/sh", "-c", "echo $PORT") == .printed("\(project.web)\n"))
        try project.scratch.write("PORT=\(project.outside)\n", to: ".env")
        let own = project.outside
        #expect(try project.run("--", "/bin/sh", "-c", "echo $PORT") == .printed("\(own)\n"), "it is wished for now")
        // A new context inside: the file's port, not that which PORT has from outside.
        try project.scratch.write("PORT=\(own + 1)\n", to: ".env")
        let outcome = try project.run(
            "run", "--no-discover", "--", Program.portrun, "run", "--context", "inner", "--", "/bin/sh", "-c",
            "echo $PORT")
        #expect(outcome == .printed("\(own + 1)\n"))
    }

    @Test func whatWasBookedByHandIsBackWithoutAnotherWish() throws {
        let (booked, wished) = (project.outside, project.outside + 1)
        try #require(try project.run("book", "web", "--port", "\(booked)", "-q").ending == .exited(0))
        let words = ["--", "/bin/sh", "-c", "echo $PORT ${WEB_PORT-none}"]
        for _ in 1...2 {
            #expect(try project.run(words, ["PORT=\(wished)"]) == .printed("\(wished) none\n"))
            #expect(try project.run(words) == .printed("\(booked) \(booked)\n"))
        }
    }

    @Test func aFrameworkThatIgnoresPORTIsNotMeant() throws {
        let project = try Project()
        try project.becomeGuest()
        try project.scratch.write("PORT=\(project.outside)\n", to: ".env")
        try project.scratch.writeProgram("#!/bin/sh\necho $PORT $@\n", to: "uvicorn")
        // 8000, or where that is taken another one.
        let outcome = try project.run("-q", "--", "./uvicorn", "app:app")
        #expect(outcome.ending == .exited(0))
        #expect(outcome.output.contains(" app:app --port "))
        #expect(!outcome.output.contains("\(project.outside)"))
    }

    @Test func theVariableThatIsNamedCounts() throws {
        try project.scratch.write("API_PORT=\(project.outside)\nPORT=1\n", to: ".env")
        let outcome = try project.run("run", "--env-name", "API_PORT", "--", "/bin/sh", "-c", "echo $API_PORT")
        #expect(outcome == .printed("\(project.outside)\n"))
    }

    /// In a linked worktree, where a command of which nothing is known has a port of its own.
    @Test(
        arguments: [
            ["git", "status", "-s"], ["true"], ["env", "git", "log", "-1", "--format="],
            ["/bin/sh", "-c", "true; cat one"],
        ])
    func aToolHasNone(_ words: [String]) throws {
        try project.becomeGuest()
        try project.scratch.write("", to: "one")
        let said = words[0] == "git" ? "?? one\n" : ""
        #expect(try project.run(["--"] + words) == .printed(said))
        #expect(try project.run("list") == .printed(""))
        #expect(try project.run("--", "git", "-c", "alias.port=!printenv PORT", "port") == .failed(1, ""))
    }

    /// `@N` stands for the N-th port that no range has.
    private func filled(_ text: String) -> String {
        var text = text
        for offset in 0..<4 { text = text.replacing("@\(offset)", with: "\(project.outside + offset)") }
        return text
    }
}
