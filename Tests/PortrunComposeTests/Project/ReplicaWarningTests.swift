import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

/// Services of which there are more than one container.
struct ReplicaWarningTests {
    @Test(
        arguments: [
            (
                "deploy: {replicas: 3}, ports: ['8080:80']",
                ["compose.yaml:1: service `a` has 3 replicas, which cannot share port 8080"]
            ),
            ("scale: 2, ports: ['8080-8081:80']", []),
            (
                "scale: 3, ports: ['8080-8081:80']",
                ["compose.yaml:1: service `a` has 3 replicas, which cannot share port 8080-8081"]
            ),
            (
                "scale: 2, ports: ['8080-8081:80-81']",
                ["compose.yaml:1: service `a` has 2 replicas, which cannot share port 8080"]
            ),
            ("scale: 2, ports: ['80', '0:81', '82-83']", []), ("scale: 1, ports: ['80:80']", []),
            ("scale: 2, profiles: [p], ports: ['80:80']", []),
        ] as [(String, [String])])
    func warnsOf(_ service: String, _ expected: [String]) throws {
        let folder = try TemporaryFolder()
        try folder.write("services: {a: {image: x, \(service)}}", to: "compose.yaml")
        let project = try #require(try ComposeReader.read(ComposeRequest(workingDirectory: folder.path)))
        #expect(project.replicaWarnings(relativeTo: folder.path).map(\.text) == expected)
    }
}
