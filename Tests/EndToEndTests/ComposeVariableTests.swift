import PortrunBase
import PortrunLaunch
import Testing

/// Variables that compose files read ports from, and that may decide other things too.
@Suite(.timeLimit(.minutes(30)))
struct ComposeVariableTests {
    let project: Project
    private var fixed: Int { project.outside }

    init() throws {
        project = try Project()
        try project.scratch.writeProgram(
            """
            #!/bin/sh
            [ "$2" = version ] && echo 2.30.0 && exit
            echo "redis ${REDIS_PORT-unset} api ${API_PORT-unset} web ${WEB_PORT-unset}"
            """, to: "docker")
        try project.scratch.write(
            """
            services:
              redis: {image: x, ports: ["${REDIS_PORT:-\(fixed)}:6379"]}
              api:
                image: x
                environment: {REDIS_URL: "redis://redis:${REDIS_PORT:-\(fixed)}"}
                ports: ["\(fixed + 1):80", "${API_PORT:-\(fixed + 2)}:81"]
            """, to: "compose.yaml")
        for (offset, service) in ["redis", "api", "api-81"].enumerated() {
            try project.take(fixed + offset, for: service)
        }
    }

    private func run(_ context: String, _ words: String...) throws -> Outcome {
        try project.run(["run", "--context", context] + words, ["PATH=.:/usr/bin:/bin"])
    }

    @Test func composeKeepsAVariableThatAlsoFeedsTheNetworkInside() throws {
        let outcome = try run("second", "--", "./docker", "compose", "up")
        #expect(outcome.output.hasPrefix("redis unset "), "\(outcome)")
        #expect(
            outcome.errors.contains(
                "compose.yaml:5: `REDIS_PORT` keeps its value for compose, because it sets more than a published port; "
                    + "an override file moves `redis` to "), "\(outcome)")
        let again = try run("second", "--", "./docker", "compose", "up")
        #expect(again.errors.isEmpty, "said once")
    }

    @Test func otherCommandsGetItWithTheirPort() throws {
        let outcome = try run("second", "-q", "--no-shim", "--", "sh", "-c", "./docker; :")
        #expect(!outcome.output.contains("unset api"), "\(outcome)")
    }

    @Test func aVariableOfTheFilesIsNotTakenForTheFirstPortOfAServiceThatSoundsLikeIt() throws {
        let outcome = try run("second", "-q", "--", "./docker", "compose", "up")
        let second = try project.run("get", "api-81", "-q", "--context", "second").output.dropLast()
        #expect(outcome.output.contains(" api \(second) "), "\(outcome)")
        #expect(try project.run("get", "api", "-q", "--context", "second").output.dropLast() != second)
    }

    @Test func exportLeavesItToCompose() throws {
        let outcome = try project.run(["export", "--context", "second", "--format", "env"], ["PATH=.:/usr/bin:/bin"])
        #expect(!outcome.output.contains("REDIS_PORT="), "\(outcome)")
        #expect(outcome.output.contains("API_PORT="))
    }
}
