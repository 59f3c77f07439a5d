import PortrunBase
import Testing

/// Node's inspector, by the real node: it says itself where it listens.
@Suite(.timeLimit(.minutes(30)), .enabled(if: Program.find("npm") != nil, "npm is not installed"))
struct DebugPortTests {
    let project: Project

    init() throws { project = try Project() }

    private func write() throws {
        try project.scratch.write("console.log(new URL(require('inspector').url()).port)\n", to: "show.js")
        try project.scratch.write(#"{"scripts": {"dev": "node --inspect show.js"}}"#, to: "package.json")
    }

    @Test func staysInACheckoutThatIsAlone() throws {
        try write()
        let outcome = try project.run("--", "node", "--inspect=\(project.outside)", "show.js")
        #expect(outcome.output == "\(project.outside)\n", "\(outcome)")
        #expect(try debugger() == ["\(project.outside)", "\(project.outside)"])
        let explained = try project.run("explain", "--", "node", "--inspect=\(project.outside)", "show.js")
        #expect(explained.output.contains("\nnode \(ShellWord.quoted("--inspect=\(project.outside)")) show.js\n"))
    }

    @Test func movesInASecondCheckout() throws {
        try project.becomeGuest()
        try write()
        let outcome = try project.run("-q", "--", "node", "--inspect=\(project.outside)", "show.js")
        let booked = try debugger()
        #expect(booked[1] == "\(project.outside)" && booked[0] != booked[1])
        #expect(outcome.output == "\(booked[0])\n", "\(outcome)")
        let explained = try project.run("explain", "-q", "--", "node", "--inspect=\(project.outside)", "show.js")
        #expect(explained.output.contains("\nnode \(ShellWord.quoted("--inspect=\(booked[0])")) show.js\n"))
    }

    @Test func movesInAScriptOfASecondCheckout() throws {
        try project.becomeGuest()
        try write()
        let outcome = try project.run("-q", "--", "npm", "run", "--silent", "dev")
        let booked = try debugger()
        #expect(booked[1] == "9229" && booked[0] != "9229")
        // npm, which node runs, opens none.
        #expect(outcome.output == "\(booked[0])\n", "\(outcome)")
    }

    /// The port of `debug`, and the declared one.
    private func debugger() throws -> [String] {
        let rows = try project.run("status").output.split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        return Array(try #require(rows.first { $0[1] == "debug" })[2...3])
    }
}
