import Testing

/// Compose files that read a service's port from `PORT`, which is the variable of other commands' own port as well.
@Suite(.timeLimit(.minutes(30)))
struct ComposePortTests {
    let project: Project
    /// What compose publishes, what the command has by itself, and what nobody has.
    private let (published, own, wished): (Int, Int, Int)

    init() throws {
        project = try Project()
        (published, own, wished) = (project.outside, project.outside + 1, project.outside + 2)
    }

    private func writeProject(isGuest: Bool = false) throws {
        if isGuest { try project.becomeGuest() }
        try write(published: published)
        try project.scratch.write(
            "import os, http.server\nport = int(os.environ.get('PORT', \(own)))\nprint(os.environ.get('PORT'))\n",
            to: "server.py")
        try project.scratch.write("all:\n\t@echo $${PORT-none}\n", to: "Makefile")
        try project.scratch.writeProgram(
            "#!/bin/sh\n[ \"$2\" = version ] && echo 2.30.0 && exit\necho ${PORT-none}\n", to: "docker")
    }

    private func write(published: Int) throws {
        try project.scratch.write(
            "services: {web: {image: x, ports: ['${PORT:-\(published)}:80']}}\n", to: "compose.yaml")
    }

    private let server = ["-q", "--", "python3", "server.py"]

    /// Also where compose publishes the very number that the command has by itself.
    @Test(arguments: [false, true])
    func aCommandAloneHasItsOwnAndGetsWhatIsTyped(isOne: Bool) throws {
        try writeProject()
        if isOne { try write(published: own) }
        for _ in 0..<2 {
            #expect(try project.run(server) == .printed("None\n"))
            #expect(try project.run(server, ["PORT=\(wished)"]) == .printed("\(wished)\n"))
        }
        #expect(try !project.run("status").output.contains("\tweb\t\(wished)\t"))
    }

    @Test func inAFreshRegistryTooWhatIsTypedIsTheCommands() throws {
        try writeProject()
        #expect(try project.run(server, ["PORT=\(wished)"]) == .printed("\(wished)\n"))
        #expect(try project.run("get", "web", "-q").output == "\(published)\n")
    }

    @Test func beforeComposeItIsTheServices() throws {
        try writeProject()
        let compose = ["-q", "--", "./docker", "compose", "up"]
        #expect(try project.run(compose, ["PORT=\(wished)"]) == .printed("\(wished)\n"))
        #expect(try project.run("status").output.contains("\tweb\t\(wished)\t"))
    }

    @Test func inAWorktreeNoCommandGetsTheServicesNumber() throws {
        try writeProject(isGuest: true)
        #expect(try project.run("-q", "--", "make", "-s") == .printed("none\n"))
        let web = try project.run("get", "web", "-q").output
        #expect(web != "\(published)\n")
        let app = try project.run(server).output
        #expect(app != web && app != "None\n" && app != "\(own)\n")
        // Whatever a file says of it.
        try project.scratch.write("PORT=\(published)\n", to: ".env")
        #expect(try project.run("-q", "--", "make", "-s") == .printed("none\n"))
        #expect(try project.run("-q", "--", "./docker", "compose", "up").output == web)
    }

    @Test func aShellAloneGetsNone() throws {
        try writeProject()
        let lines = try project.run("export", "--format", "env").output.split(separator: "\n")
        #expect(lines.contains("WEB_PORT=\(published)") && !lines.contains { $0.hasPrefix("PORT=") }, "\(lines)")
    }

    @Test func aShellMovesTheServiceByTheOverride() throws {
        try writeProject(isGuest: true)
        let lines = try project.run("export", "--format", "env").output.split(separator: "\n")
        let web = try project.run("get", "web", "-q").output.dropLast()
        #expect(!lines.contains("PORT=\(web)"), "\(lines)")
        let files = try #require(lines.first { $0.hasPrefix("COMPOSE_FILE=") }, "\(lines)")
        let override = try #require(files.split(separator: ":").last)
        #expect(try project.scratch.shell("cat '\(override)'").output.contains("\"\(web):80\""))
    }
}
