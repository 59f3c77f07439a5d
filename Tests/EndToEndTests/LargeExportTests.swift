import PortrunBase
import PortrunLaunch
import Testing

/// An export that no program could be started with.
@Suite(.timeLimit(.minutes(10)))
struct LargeExportTests {
    private let project: Project

    init() throws {
        project = try Project()
        let taken = try project.run("book", "x", "--context", "other", "--port", "\(project.outside)")
        try #require(taken.ending == .exited(0))
        try project.scratch.write(
            "services: {a: {image: x, ports: ['\(project.outside):1']}}\n", to: "compose.yaml")
    }

    @Test func isRefusedWithTheFilesName() throws {
        try writeManyValues()
        for words in [["export"], ["export", "--format", "json"], ["run", "--", "/bin/true"]] {
            let outcome = try project.run(words)
            #expect(outcome.ending == .exited(125))
            #expect(outcome.output.isEmpty)
            let lines = outcome.errors.split(separator: "\n")
            #expect(lines.count == 2, "\(lines)")
            let subject =
                "portrun: error: `.env` sets so much that no program could be started: `PORTRUN_CHANGES` would"
            #expect(lines.first?.hasPrefix(subject) == true)
            #expect(lines.last == "portrun: hint: `--no-rewrite` leaves values as they are")
        }
        #expect(try project.run("run", "-q", "--no-rewrite", "--", "/bin/true") == .printed(""))
    }

    @Test func aPromptGoesOnWithoutIt() throws {
        try writeManyValues()
        let outcome = try project.scratch.shell(
            #"eval "$("$LAUNCHER" export --hook 2>told)"; echo ${WEB_PORT-none}; grep -c error: told"#)
        #expect(outcome == .printed("none\n1\n"))
    }

    private func writeManyValues() throws {
        var text = ""
        for line in 0..<4000 { text += "A_RATHER_LONG_NAME_OF_AN_ADDRESS_\(line)=localhost:\(project.outside)\n" }
        try project.scratch.write(text, to: ".env")
    }
}
