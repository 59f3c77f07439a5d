import PortrunBase
import PortrunLaunch
import Testing

/// An export that no program could be started with.
@Suite(.timeLimit(.minutes(30)))
struct LargeExportTests {
    private let project: Project

    init() throws {
        project = try Project()
        let taken = try project.run("book", "x", "--context", "other", "--port", "\(project.outside)")
        try #require(taken.ending == .exited(0))
        try project.scratch.write(
            "services: {a: {image: x, ports: ['\(project.outside):1']}}\n", to: "compose.yaml")
    }

    @Test func aLaunchIsRefusedWithTheFilesName() throws {
        try project.scratch.write(manyValues.joined(separator: "\n"), to: ".env")
        let outcome = try project.run("run", "--", "/bin/true")
        #expect(outcome.ending == .exited(125))
        let lines = outcome.errors.split(separator: "\n")
        #expect(lines.count == 2, "\(lines)")
        let subject = "portrun: error: `.env` sets so much that no program could be started: `PORTRUN_CHANGES` would"
        #expect(lines.first?.hasPrefix(subject) == true)
        #expect(lines.last == "portrun: hint: `--no-rewrite` leaves values as they are")
        #expect(try project.run("run", "-q", "--no-rewrite", "--", "/bin/true") == .printed(""))
    }

    /// By values of the environment: what an export reads of files ends sooner than that.
    @Test(arguments: ["shell", "json"])
    func anExportIsRefused(_ format: String) throws {
        let outcome = try project.run(["export", "--format", format], manyValues)
        #expect(outcome.ending == .exited(125))
        #expect(outcome.output.isEmpty)
        let lines = outcome.errors.split(separator: "\n").filter { $0.hasPrefix("portrun: error: ") }
        #expect(lines.count == 1 && lines[0].contains(" sets so much that no program could be started: "), "\(outcome)")
    }

    @Test func aPromptGoesOnWithoutIt() throws {
        #expect(try project.run("allow", "-q") == .printed(""))
        let outcome = try project.scratch.shell(
            #"eval "$("$LAUNCHER" export --hook 2>told)"; echo ${WEB_PORT-none}; grep -c error: told"#,
            environment: manyValues)
        #expect(outcome == .printed("none\n1\n"))
    }

    @Test func aValueThatIsTooLargeByItselfKeepsItsPort() throws {
        let list = String(repeating: "localhost:\(project.outside),", count: 8200)
        try project.scratch.write("LIST=\(list)\nAPI_URL=http://localhost:\(project.outside)\n", to: ".env")
        let outcome = try project.run("run", "--", "/bin/sh", "-c", "echo $A_PORT $API_URL; env | grep -c ^LIST=")
        let moved = outcome.output.prefix(5)
        #expect(outcome.output == "\(moved) http://localhost:\(moved)\n0\n", "\(outcome)")
        let told = outcome.errors.split(separator: "\n").filter { $0.contains("warning") }
        let warning = "portrun: warning: .env:1: `LIST` keeps its port: no program starts with"
        #expect(told.count == 1 && told[0].hasPrefix(warning), "\(told)")
    }

    /// `NAME=value`; the names are long, so that fewer have to be read.
    private var manyValues: [String] {
        let name = String(repeating: "A_RATHER_LONG_NAME_OF_AN_ADDRESS_", count: 8)
        return (0..<600).map { "\(name)\($0)=localhost:\(project.outside)" }
    }
}
