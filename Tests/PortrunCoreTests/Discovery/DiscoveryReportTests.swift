import Testing

@testable import PortrunCore

struct DiscoveryReportTests {
    private static let project = ComposeProject(
        name: "w", directory: "/w", files: ["/w/compose.yaml"],
        services: [],
        ports: [
            DeclaredPort(
                service: "db", target: 5432, protocolName: "tcp", transport: .tcp, published: "5432",
                hostIP: "127.0.0.1", variable: "DB_PORT", file: "/w/compose.yaml", line: 5, isActive: true,
                kind: .postgres, feedsOnlyHostPort: true),
            DeclaredPort(
                service: "worker", target: 9000, protocolName: "udp", transport: .udp, published: nil,
                hostIP: nil,
                variable: nil, file: "/x/other.yaml", line: 7, isActive: false, kind: .other,
                feedsOnlyHostPort: false),
        ], warnings: [])

    @Test func printsOneObject() {
        let report = discoveryReport(Self.project) { $0.service == "db" ? Port(5433) : nil }
        #expect(
            report.text == """
                {
                  "project": "w",
                  "files": [
                    "/w/compose.yaml"
                  ],
                  "ports": [
                    {
                      "service": "db",
                      "target": 5432,
                      "protocol": "tcp",
                      "published": "5432",
                      "host_ip": "127.0.0.1",
                      "variable": "DB_PORT",
                      "file": "/w/compose.yaml",
                      "line": 5,
                      "active": true,
                      "kind": "postgres",
                      "booked": 5433
                    },
                    {
                      "service": "worker",
                      "target": 9000,
                      "protocol": "udp",
                      "published": null,
                      "host_ip": null,
                      "variable": null,
                      "file": "/x/other.yaml",
                      "line": 7,
                      "active": false,
                      "kind": "default",
                      "booked": null
                    }
                  ]
                }
                """)
    }

    @Test func alignsTheTable() {
        let table = DiscoveryTable(Self.project, seenFrom: "/w") { $0.service == "db" ? Port(5433) : nil }
        #expect(
            table.text == """
                SERVICE            PUBLISHED       TARGET    VARIABLE  KIND      BOOKED  SOURCE
                db                 127.0.0.1:5432  5432/tcp  DB_PORT   postgres  5433    compose.yaml:5
                worker (inactive)  any             9000/udp  -         default   -       /x/other.yaml:7
                """)
    }

    @Test func saysNothingOfAProjectWithoutPorts() {
        var project = Self.project
        project.ports = []
        #expect(DiscoveryTable(project, seenFrom: "/w") { _ in nil }.text.isEmpty)
    }
}
