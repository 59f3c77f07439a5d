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
        // Node's processes count upward from 9229, and another script of the project may have the next one.
        #expect(booked[1] == "9229" && Int(booked[0]).map { (9240...9299).contains($0) } == true)
        // npm, which node runs, opens none.
        #expect(outcome.output == "\(booked[0])\n", "\(outcome)")
    }

    /// Two commands with an inspector each are two services, in whatever order they start.
    @Test func thoseOfTwoCommandsKeepTheirPorts() throws {
        try project.becomeGuest()
        try write()
        let numbers = [project.outside, project.outside + 1]
        func run() throws -> [String] {
            try numbers.map { try project.run("-q", "--", "node", "--inspect=\($0)", "show.js").output }
        }
        let first = try run()
        #expect(first[0] != first[1] && first.allSatisfy { !$0.isEmpty }, "\(first)")
        #expect(try run() == first)
        let rows = try project.run("status").output.split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        let debuggers = rows.filter { $0[1].hasPrefix("debug") }
        #expect(debuggers.map { $0[1] } == ["debug", "debug-2"])
        #expect(debuggers.map { $0[3] } == numbers.map(String.init))
        #expect(debuggers.map { $0[2] + "\n" } == first)
        // One that has both finds each by its number.
        let line = "node --inspect=\(numbers[1]) show.js; node --inspect=\(numbers[0]) show.js"
        let both = try project.run("-q", "--", "sh", "-c", line)
        #expect(both.output == first[1] + first[0], "\(both)")
    }

    /// The port of `debug`, and the declared one.
    private func debugger() throws -> [String] {
        let rows = try project.run("status").output.split(separator: "\n").map {
            $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
        }
        return Array(try #require(rows.first { $0[1] == "debug" })[2...3])
    }
}
