import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

struct MainServicesTests {
    private static let text = """
        x-portrun: {share: [cache]}
        services:
          api: {image: x, depends_on: [db]}
          admin: {image: x, networks: {back: {priority: 1}}}
          front: {image: x, networks: [front]}
          host: {image: x, network_mode: host}
          db:
            image: x
            scale: 2
            networks: {default: {aliases: [database]}}
            ports: ["5432:5432"]
          cache: {image: x, deploy: {replicas: 3}, networks: [back]}
        networks: {back: {}, front: {}}
        """

    private func project(_ text: String, _ body: (ComposeProject) throws -> Void) throws {
        try withComposeFolder(["compose.yaml": text]) { folder in
            try body(#require(try ComposeReader.read(ComposeRequest(workingDirectory: folder))))
        }
    }

    @Test func sharesWhatIsNamedAndWhatTheFilesName() throws {
        try project(Self.text) { project in
            let found = project.mainServices(["db"], relativeTo: project.directory)
            #expect(found.names == ["db", "cache"])
            #expect(found.warnings.isEmpty)
        }
    }

    @Test func tellsOfNamesThatAreNoServices() throws {
        try project("x-portrun:\n  share:\n    - mail\nservices: {a: {image: x}}\n") { project in
            let found = project.mainServices(["db"], relativeTo: project.directory)
            #expect(found.names.isEmpty)
            #expect(found.unknown == ["db"])
            #expect(found.warnings.map(\.text) == ["compose.yaml:3: there is no service `mail` to share"])
        }
    }

    @Test func startsNoneOfThemAndJoinsThoseThatReachThem() throws {
        try project(Self.text) { project in
            let shared = MainServicesOverride(["db", "cache"], of: project, for: "shop-feature", mainProject: "shop")
            #expect(shared.services.map(\.aliases) == [["db", "database"], ["cache"]])
            let policy = RemapPolicy(project: "shop-feature", mainServices: shared)
            let made = ComposeOverride(of: project, booked: [nil], policy: policy)
            #expect(
                made.map { String($0.text.drop { $0 != "\n" }.dropFirst()) } == """
                    services:
                      "api":
                        "networks": { "portrun-main": {}, "default": {} }
                      "admin":
                        "networks": { "portrun-main": {} }
                      "db":
                        "scale": 0
                      "cache":
                        "deploy": { "replicas": 0 }
                    networks:
                      "portrun-main": { "name": "zz_portrun_shop-feature", "external": true }

                    """)
        }
    }

    @Test func theirPortsAreNotPublishedHere() throws {
        try project(Self.text) { project in
            var project = project
            project.deactivatePorts(of: ["db"])
            #expect(project.ports.map(\.isActive) == [false])
        }
    }
}
