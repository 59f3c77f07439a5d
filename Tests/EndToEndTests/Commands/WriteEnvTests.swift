import Testing

/// `portrun write --env`: the env files that git ignores, in a second checkout and back.
@Suite(.timeLimit(.minutes(30)))
struct WriteEnvTests {
    let project: Project

    init() throws { project = try Project() }

    private var text: String {
        "# mine\r\nDB_PORT = \"\(project.outside)\" # c\r\nexport URL=postgres://u:p@localhost:\(project.outside)/x\n"
            + "COUNT=\(project.outside)\nFAR_PORT=\(project.outside)\nFAR_HOST=db.example.org"
    }

    private func write() throws {
        try project.scratch.write(
            "services: {db: {image: postgres, ports: ['\(project.outside):5432']}}\n", to: "compose.yaml")
        try project.scratch.write(".env\n.env.local\n.env*.bak\n", to: ".gitignore")
        for name in [".env", "web/.env.local", "web/.env.tracked", "node_modules/x/.env", ".env.example"] {
            try project.scratch.write(text, to: name)
        }
    }

    @Test func nothingChangesWhereNothingHasMoved() throws {
        try #require(try project.scratch.shell("git init -q -b main") == .printed(""))
        try write()
        let outcome = try project.run("write", "--env")
        #expect(outcome.output == "" && outcome.errors == "portrun: no env file that git ignores has to change\n")
        #expect(try project.scratch.read(".env") == text)
    }

    @Test func bringsThemInLineAndBack() throws {
        try project.becomeGuest()
        try write()
        #expect(try project.run("write", "--env", "-q") == .printed(""))
        let port = try project.run("get", "db", "-q").output.dropLast()
        #expect(port != "\(project.outside)")
        let told = text.replacing("\"\(project.outside)\"", with: "\"\(port)\"")
            .replacing("localhost:\(project.outside)", with: "localhost:\(port)")
        for name in [".env", "web/.env.local"] { #expect(try project.scratch.read(name) == told) }
        for name in ["web/.env.tracked", "node_modules/x/.env", ".env.example", ".env.bak"] {
            #expect(try project.scratch.read(name) == text)
        }
        let status = try project.run("status")
        for name in [".env", "web/.env.local"] {
            #expect(status.errors.contains("portrun: `\(name)` has this checkout's ports; "), "\(status)")
        }
        #expect(try project.run("write", "--env").errors.hasSuffix("no env file that git ignores has to change\n"))
        // What somebody has changed since is theirs.
        try project.scratch.write(told + "\nMORE=1\n", to: "web/.env.local")
        let undone = try project.run("write", "--env", "--undo")
        #expect(undone.errors.contains("warning: web/.env.local: stays: "), "\(undone)")
        #expect(undone.errors.contains("portrun: `.env` is as it was\n"), "\(undone)")
        #expect(try project.scratch.read(".env") == text)
        #expect(try project.scratch.read("web/.env.local") == told + "\nMORE=1\n")
        #expect((try? project.scratch.read(".env.bak")) == nil)
        #expect(!(try project.run("status")).errors.contains("`.env` has"))
    }

    @Test func aDryRunWritesNothing() throws {
        try project.becomeGuest()
        try write()
        let outcome = try project.run("write", "--env", "--dry-run", "-q")
        #expect(outcome.output.contains("+++ ") && outcome.output.contains("-DB_PORT = "), "\(outcome)")
        #expect(try project.scratch.read(".env") == text)
        #expect(try project.run("status") == .printed(""))
    }

    @Test(arguments: [["--undo", ".env", "PORT=web"], ["--env", ".env"], ["--env", "--no-backup"], []])
    func refuses(_ words: [String]) throws {
        #expect(try project.run(["write"] + words).ending == .exited(64))
    }
}
