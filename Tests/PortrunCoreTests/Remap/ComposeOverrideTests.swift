import Testing

@testable import PortrunCore

@Suite struct ComposeOverrideTests {
    @Test func nothingToMoveNeedsNoFile() throws {
        let ports = [port("db", 5432, "5432"), port("cache", 6379, nil)]
        #expect(override(ports, to: [0: 5432]) == nil)
    }

    @Test func aVariableMovesItsPortByItself() throws {
        var declared = port("db", 5432, "5432")
        declared.variable = "DB_PORT"
        declared.feedsOnlyHostPort = true
        #expect(override([declared], to: [0: 5433]) == nil)
    }

    @Test func repeatsEveryEntryOfAMovedServiceAndNoOther() throws {
        var metrics = port("db", 9187, "9187")
        metrics.hostIP = "127.0.0.1"
        let ports = [
            port("db", 5432, "5432"), metrics, port("db", 8008, nil), port("dns", 53, "5300", "udp"),
        ]
        let made = try #require(override(ports, to: [0: 5433]))
        #expect(
            made.text == """
                # Written by portrun at each launch: moves published ports, and nothing else.
                services:
                  "db":
                    ports: !override
                      - { "target": 5432, "published": "5433", "protocol": "tcp" }
                      - { "target": 9187, "published": "9187", "host_ip": "127.0.0.1", "protocol": "tcp" }
                      - { "target": 8008, "protocol": "tcp" }

                """)
    }

    @Test func aRangeToChooseFromBecomesTheBookedPort() throws {
        let ports = [port("web", 80, "8000-8009")]
        let made = try #require(override(ports, to: [0: 8000]))
        #expect(made.text.contains(#""published": "8000""#))
    }

    @Test func theReaderFindsTheMovedPortAndNoOther() throws {
        let folder = try TemporaryFolder()
        try folder.write("services: {db: {image: x, ports: ['5432:5432', '127.0.0.1:9187:9187']}}", to: "compose.yaml")
        let request = ComposeRequest(workingDirectory: folder.path)
        let project = try #require(try ComposeReader.read(request))
        let made = try #require(override(project.ports, to: [0: 5433]))
        let path = try made.save(for: "0123456789ab", in: folder.path)
        let moved = try ComposeReader.read(
            ComposeRequest(workingDirectory: folder.path, files: project.files + [path]))
        #expect(moved?.ports.map(\.published) == ["5433", "9187"])
        #expect(moved?.ports.map(\.hostIP) == [nil, "127.0.0.1"])
    }

    @Test func theSameContentIsNotWrittenAgain() throws {
        let folder = try TemporaryFolder()
        let made = try #require(
            override([port("db", 5432, "5432")], to: [0: 5433]))
        let path = try made.save(for: "0123456789ab", in: folder.path)
        let first = try status(of: path)
        #expect(first.st_mode & 0o777 == 0o600)
        #expect(try made.save(for: "0123456789ab", in: folder.path) == path)
        #expect(try status(of: path).st_ino == first.st_ino)
    }

    private func override(_ ports: [DeclaredPort], to booked: [Int: Int]) -> ComposeOverride? {
        ComposeOverride(moving: ports, to: ports.indices.map { booked[$0].flatMap { Port($0) }.map { PortRange($0) } })
    }

    private func status(of path: String) throws -> stat {
        var status = stat()
        try #require(stat(path, &status) == 0)
        return status
    }

    private func port(
        _ service: String, _ target: Int, _ published: String?, _ protocolName: String = "tcp"
    ) -> DeclaredPort {
        DeclaredPort(
            service: service, target: target, protocolName: protocolName,
            transport: TransportProtocol(rawValue: protocolName), published: published, hostIP: nil, variable: nil,
            file: "/p/compose.yaml", line: 1, isActive: true, kind: .other, feedsOnlyHostPort: false)
    }
}
