import Testing

/// Compose keeps the user's values, however it is called: in its containers, localhost is the container.
@Suite(.timeLimit(.minutes(30)))
struct ShimValueTests {
    private let project: ShimProject

    init() throws {
        project = try ShimProject()
        try project.scratch.writeProgram(
            """
            #!/bin/sh
            case "$*" in *version) echo "Docker Compose version v2.30.0"; exit;; esac
            case " ${PORTRUN_CHANGES-}" in *" A:"* | *" B:"*) follows=yes ;; esac
            echo "$1 $A ${B-unset} ${follows-unset}"
            """, to: "bin/docker")
        try project.scratch.write("B=localhost:\(project.fixed)\n", to: ".env")
    }

    private func inside(_ script: String, _ options: String...) throws -> Outcome {
        try project.scratch.run(
            [Program.portrun, "run", "--context", "second", "-q"] + options + ["--", "/bin/sh", "-c", script],
            environment: project.environment + ["A=localhost:\(project.fixed)"])
    }

    @Test func aComposeCommandGetsTheUsersValues() throws {
        let outcome = try project.scratch.run(
            [Program.portrun, "run", "--context", "second", "-q", "--", "docker", "compose", "up"],
            environment: project.environment + ["A=localhost:\(project.fixed)"])
        #expect(outcome == .printed("compose localhost:\(project.fixed) unset unset\n"))
    }

    @Test func aComposeCommandInsideGetsThemBack() throws {
        let moved = project.project.first
        let outcome = try inside(#"echo "$A $B"; docker compose up; A=mine docker compose up"#)
        let lines = outcome.output.split(separator: "\n")
        try #require(lines.count == 3, "\(outcome)")
        let follows = lines[0].split(separator: " ")
        #expect(follows.allSatisfy { $0 != "localhost:\(project.fixed)" })
        #expect(follows == ["localhost:\(moved)", "localhost:\(moved)"])
        #expect(lines[1] == "compose localhost:\(project.fixed) unset unset")
        #expect(lines[2] == "compose mine unset unset")
    }

    @Test func withoutTheShimWhatComposeReadsIsLeft() throws {
        try project.scratch.write(
            "services: {db: {image: x, ports: ['\(project.fixed):5432'], environment: [A]}}\n", to: "compose.yaml")
        let outcome = try inside(#"echo "$A $B""#, "--no-shim")
        let moved = project.project.first
        #expect(outcome == .printed("localhost:\(project.fixed) localhost:\(moved)\n"))
    }
}
