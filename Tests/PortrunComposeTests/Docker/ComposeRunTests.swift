import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

/// `compose run`, and a project that a command demands.
struct ComposeRunTests {
    private static let project = "services: {db: {image: 'postgres:16', ports: ['5432:5432']}, web: {image: x}}"

    static let runs: [(words: String, name: String?, ports: String)] = [
        ("run --rm -e A=b --name job -p 5433:5432 db psql --name x", "job", "job 5433"),
        ("run -dp 5433:5432 db", nil, "db-run 5433"), ("run --name web db", "web", ""),
        ("run -T -p 8080:80 -p 8081:81 web", nil, "web-run 8080, web-run 8081"), ("run db --name x", nil, ""),
    ]

    @Test(arguments: runs)
    func findsTheNameAndThePorts(_ words: String, _ name: String?, _ ports: String) throws {
        let words = ["docker", "compose"] + words.split(separator: " ").map(String.init)
        let run = try #require(ComposeCommand(words)?.run)
        let found = run.ports(in: try ComposeProject.reading(Self.project))
        #expect(run.givenName == name)
        #expect(found.map { "\($0.service) \($0.published.text ?? "-")" }.joined(separator: ", ") == ports)
    }

    @Test func otherSubcommandsMakeNone() {
        #expect(ComposeCommand(["docker", "compose", "exec", "--name", "x", "db"])?.run == nil)
    }

    @Test(arguments: [
        ("docker compose -p ci up -p x", "docker compose -p NEW up -p x"),
        ("docker-compose --project-name=ci up", "docker-compose --project-name=NEW up"),
        ("docker compose -pci -f x up", "docker compose -pNEW -f x up"), ("docker compose up", "docker compose up"),
        ("docker compose -p a -p ci up", "docker compose -p a -p NEW up"),
    ])
    func demandsAnotherProject(_ line: String, _ expected: String) throws {
        let words = line.split(separator: " ").map(String.init)
        var arguments = words.map { Array($0.utf8) }
        try #require(ComposeCommand(words)).demand(project: "NEW", in: &arguments)
        #expect(arguments.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ") == expected)
    }

    @Test(arguments: [
        ("shop", "shop-feature"), ("shop-feature", "shop-feature"), ("ci", "ci-shop-feature"),
        ("ci-shop-feature", "ci-shop-feature"),
    ])
    func aDemandedProjectIsTheCheckoutsOwn(_ name: String, _ expected: String) {
        #expect(OwnName.project(name, own: "shop-feature", mains: ["shop"]) == expected)
    }
}
