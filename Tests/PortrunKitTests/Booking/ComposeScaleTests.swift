import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose
@testable import PortrunKit

/// How many containers a command line asks for.
struct ComposeScaleTests {
    @Test(
        arguments: [
            ("docker compose up --scale web=3 -d --scale=db=0", ["web 3", "db 0"]),
            ("docker compose -f a.yaml scale web=3 db=2", ["web 3", "db 2"]),
            ("docker compose up web=3 --scale", []), ("docker compose run -e A=3 web", []),
            ("docker compose up --scale web=many", []), ("docker compose", []),
        ])
    func reads(_ line: String, _ expected: [String]) throws {
        let words = line.split(separator: " ").map(String.init)
        let command = try #require(ComposeCommand(words))
        #expect(command.scales.map { "\($0.service) \($0.replicas)" } == expected)
    }

    @Test func goesBeforeTheFiles() throws {
        let folder = try TemporaryFolder()
        try folder.write("services: {a: {image: x, ports: ['80']}, b: {image: x, ports: ['80']}}", to: "compose.yaml")
        var project = try #require(try ComposeReader.read(ComposeRequest(workingDirectory: folder.path)))
        project.scale("a", to: 3)
        #expect(project.services.map(\.replicas) == [3, 1])
        let plan = BookingPlan(
            .init(), folder: "", declared: project.ports, hasPrimary: false, environment: Environment())
        #expect(plan.requests.map(\.service) == ["b"])
    }
}
