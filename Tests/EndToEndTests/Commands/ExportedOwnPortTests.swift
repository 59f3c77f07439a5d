import PortrunBase
import PortrunLaunch
import Testing

/// The port of a project's own server in the shell of a linked worktree: `PORT` and the values that name it go together.
@Suite(.timeLimit(.minutes(30)))
struct ExportedOwnPortTests {
    let project: Project
    /// The number that the server has by itself.
    private let usual: Int

    init() throws {
        project = try Project()
        try project.becomeGuest()
        usual = project.outside
        for folder in [".", "../main"] {
            try project.scratch.write(
                "require('http').createServer().listen(process.env.PORT || \(usual))\n", to: "\(folder)/server.js")
            try project.scratch.write("API_URL=http://localhost:\(usual)/v1\n", to: "\(folder)/.env")
        }
        // Portrun reads the command; what runs is nothing.
        try project.scratch.writeProgram("#!/bin/sh\n", to: "node")
    }

    private func exported() throws -> [Substring] {
        try project.run("export").output.split(separator: "\n").filter { line in
            ["export PORT=", "export API_URL="].contains { line.hasPrefix($0) }
        }
    }

    @Test func neitherIsExportedWhileNobodyKnowsTheNumber() throws {
        #expect(try exported().isEmpty)
        let none = try project.run("export", "--no-rewrite").output
        #expect(none.contains("\nexport PORT=\(project.web)\n"), "no value follows, as was wished")
    }

    @Test func bothAreOnceALaunchHasShownIt() throws {
        let node = project.scratch.project + "/node"
        #expect(try project.run("run", "-q", "--", node, "server.js") == .printed(""))
        #expect(
            try exported() == ["export PORT=\(project.web)", "export API_URL=http://localhost:\(project.web)/v1"])
    }

    @Test func bothAreOnceTheMainWorktreeHasShownIt() throws {
        let node = project.scratch.project + "/node"
        #expect(try project.run("run", "-q", "-C", "../main", "--", node, "server.js") == .printed(""))
        #expect(
            try exported() == ["export PORT=\(project.web)", "export API_URL=http://localhost:\(project.web)/v1"])
    }

    /// `status` shows it beside the one that is booked.
    @Test func bothAreWhereAScriptSaysIt() throws {
        try project.scratch.write(#"{"scripts": {"test": "jest", "start": "node server.js"}}"#, to: "package.json")
        #expect(
            try exported() == ["export PORT=\(project.web)", "export API_URL=http://localhost:\(project.web)/v1"])
        #expect(try project.run("status").output.contains("\tweb\t\(project.web)\t\(usual)\t"))
    }

    /// What `portrun write` has put into a file is no number of the project's.
    @Test(arguments: [false, true]) func itsNumberStaysThatOfTheMainWorktreeOnceAFileHasThePort(_ isScript: Bool) throws
    {
        if isScript {
            try project.scratch.write(#"{"scripts": {"start": "node server.js"}}"#, to: "package.json")
        } else {
            let node = project.scratch.project + "/node"
            try #require(try project.run("run", "-q", "-C", "../main", "--", node, "server.js") == .printed(""))
        }
        try #require(try project.run("write", ".env", "PORT=web", "-q") == .printed(""))
        for _ in 0..<2 {
            #expect(try exported().contains("export PORT=\(project.web)") == false)
            #expect(try exported() == ["export API_URL=http://localhost:\(project.web)/v1"])
            let outcome = try project.run("export")
            #expect(!outcome.errors.contains("is the main checkout's"), "\(outcome)")
            let status = try project.run("status").output
            #expect(status.contains("\tweb\t\(project.web)\t\(usual)\t"), "\(status)")
            #expect(status.split(separator: "\n").count == 1, "\(status)")
        }
    }

    @Test func aPortThatIsBookedIsKnown() throws {
        try project.scratch.write("API_URL=http://localhost:\(project.outside + 3)/v1\n", to: ".env")
        try #require(
            try project.run("book", "api", "--port", "\(project.outside + 3)", "-q").ending == .exited(0))
        #expect(try exported() == ["export PORT=\(project.web)"])
    }

    /// The port is one that compose publishes, and follows that.
    @Test func aValueThatNamesAnotherServiceHoldsNothingUp() throws {
        try project.scratch.write("services: {api: {image: x, ports: ['\(usual):1']}}\n", to: "compose.yaml")
        let lines = try exported()
        #expect(lines.first == "export PORT=\(project.web)", "\(lines)")
        #expect(lines.count == 2)
    }

    /// The compose file reads it for the port inside the container, which its server does not change.
    @Test func composeIsNotToldWhatItMeansInsideAContainer() throws {
        try project.scratch.write(#"{"scripts": {"start": "node server.js"}}"#, to: "package.json")
        try project.scratch.write(
            "services: {api: {image: x, ports: ['\(project.outside + 4):${PORT:-8000}']}}\n", to: "compose.yaml")
        #expect(try !exported().contains { $0.hasPrefix("export PORT=") })
    }
}
