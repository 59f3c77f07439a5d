import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

struct ComposeFindingTests {
    /// `kind service name line`, with `-` for nil.
    private func findings(_ text: String, profiles: [String] = []) throws -> [String] {
        try withComposeFolder(["compose.yaml": text]) { folder in
            let request = ComposeRequest(workingDirectory: folder, profiles: profiles)
            let project = try #require(try ComposeReader.read(request))
            return project.findings.map { finding in
                #expect(finding.file == folder + "/compose.yaml")
                return "\(finding.kind.rawValue) \(finding.service ?? "-") \(finding.name ?? "-") \(finding.line)"
            }
        }
    }

    static let texts: [(text: String, findings: [String])] = [
        ("services:\n  a:\n    image: x\n    network_mode: host\n", ["host_network a - 4"]),
        ("services:\n  a:\n    image: x\n    network_mode: bridge\n", []),
        (
            "services:\n  a:\n    image: x\n    scale: 2\n    ports:\n      - 8080:80\n      - 8000-8010:81\n      - 82\n",
            ["replicas a 8080 6"]
        ),
        ("services:\n  a:\n    image: x\n    ports: ['8080:80']\n", []),
        ("services:\n  a:\n    image: x\n    container_name: shop-a\n", ["container_name a shop-a 4"]),
        ("services:\n  a:\n    image: shop/a\n    build: .\n", ["image a shop/a 3"]),
        ("services:\n  a:\n    image: shop/a\n", []),
        ("services:\n  a:\n    image: shop/a:${COMPOSE_PROJECT_NAME}\n    build: .\n", []),
        ("services:\n  a:\n    image: shop/a:${TAG:-dev}\n    build: .\n", ["image a shop/a:dev 3"]),
        (
            "services: {a: {image: x}}\nvolumes:\n  own: {}\n  data:\n    name: shop_data\n  theirs: {name: x, external: true}\n",
            ["volume_name - shop_data 5"]
        ),
        ("services: {a: {image: x}}\nvolumes:\n  data:\n    name: ${COMPOSE_PROJECT_NAME}_data\n", []),
        (
            "services: {a: {image: x}}\nnetworks:\n  default:\n    name: shop\n    ipam:\n      config:\n        - subnet: 10.9.0.0/24\n",
            ["network_name - shop 4", "subnet - 10.9.0.0/24 7"]
        ),
        (
            "services:\n  a:\n    image: x\n    networks:\n      n:\n        ipv4_address: 10.9.0.2\nnetworks: {n: {}}\n",
            ["address a 10.9.0.2 6"]
        ),
        ("services:\n  a: {image: x}\n  b: {image: x, profiles: [p], network_mode: host}\n", []),
    ]

    @Test(arguments: texts)
    func tellsWhatASecondStackRunsInto(_ project: (text: String, findings: [String])) throws {
        #expect(try findings(project.text) == project.findings)
    }

    @Test func tellsOfAServiceWhoseProfileIsSelected() throws {
        let text = "services:\n  b:\n    image: x\n    profiles: [p]\n    network_mode: host\n"
        #expect(try findings(text).isEmpty)
        #expect(try findings(text, profiles: ["p"]) == ["host_network b - 5"])
    }

    /// What is said of values when `web` moved from 8080 to 8081 and `db` from 5432 to 5433.
    private func oldPorts(_ files: [String: String], variable: String? = nil) throws -> [String] {
        try withComposeFolder(files) { folder in
            let project = try #require(try ComposeReader.read(ComposeRequest(workingDirectory: folder)))
            let moved = [
                MovedRange(service: "web", from: PortRange(8080), to: 8081, variable: variable),
                MovedRange(service: "db", from: PortRange(5432), to: 5433, variable: nil),
            ]
            return OldPortFinding(in: project, moved: moved).findings.map {
                "\(Path.shortest($0.file, from: folder)):\($0.line) \($0.service ?? "-") \($0.name ?? "-")"
            }
        }
    }

    @Test func findsOldPortsInEveryKindOfValue() throws {
        let text = """
            services:
              web:
                image: x
                build:
                  context: .
                  args:
                    - API=http://localhost:8080
                environment:
                  PUBLIC_URL: http://localhost:8080
                  OTHER: http://localhost:8082
                  DATABASE_URL: postgres://u@127.0.0.1:5432/x
                labels:
                  app.url: http://shop.localhost:8080/
                command:
                  - serve
                  - --url=http://[::1]:8080
                entrypoint: run localhost:5432
            """
        #expect(
            try oldPorts(["compose.yaml": text]) == [
                "compose.yaml:9 web PUBLIC_URL", "compose.yaml:11 web DATABASE_URL", "compose.yaml:13 web app.url",
                "compose.yaml:7 web API", "compose.yaml:16 web command", "compose.yaml:17 web entrypoint",
            ])
    }

    @Test func aValueThatFollowsTheVariableIsNoFinding() throws {
        let text = "services: {web: {image: x, environment: ['U=http://localhost:${WEB:-8080}']}}"
        #expect(try oldPorts(["compose.yaml": text], variable: "WEB").isEmpty)
        #expect(try oldPorts(["compose.yaml": text]) == ["compose.yaml:1 web U"])
    }

    @Test func looksIntoEnvFiles() throws {
        let files = [
            "compose.yaml": "services: {web: {image: x, env_file: [a.env]}}",
            "a.env": "# U=http://localhost:8080\nA=1\nU=http://localhost:8080\n",
        ]
        #expect(try oldPorts(files) == ["a.env:3 web U"])
    }

    @Test func aSharedValueIsToldOnce() throws {
        let text = """
            x-env: &env
              U: http://localhost:8080
            services:
              a: {image: x, environment: *env}
              b: {image: x, environment: *env}
            """
        #expect(try oldPorts(["compose.yaml": text]) == ["compose.yaml:2 a U"])
    }
}
