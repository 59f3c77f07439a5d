import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

/// Which variable drives a port, and whether setting it moves anything else.
struct DeclaredPortTests {
    struct Entry: Sendable {
        var text: String
        var shell: [String: String]
        var variable: String?
        var feedsOnlyHostPort: Bool

        init(
            _ text: String, shell: [String: String] = [:], _ variable: String?, _ feedsOnlyHostPort: Bool
        ) {
            self.text = text
            self.shell = shell
            self.variable = variable
            self.feedsOnlyHostPort = feedsOnlyHostPort
        }
    }

    static let entries: [Entry] = [
        .init("${P}:80", "P", true),
        .init("${P:-8080}:80", "P", true),
        .init("$P:80/udp", shell: ["P": "9"], "P", true),
        .init("${P-8080}:80", shell: ["P": ""], "P", true),
        .init("${P:?need}:80", shell: ["P": "9"], "P", true),
        .init("${A:-${P:-8080}}:80", "A", true),
        .init("127.0.0.1:${P:-8080}:80", "P", true),
        .init("${IP:-127.0.0.1}:${P:-8080}:80", "P", true),
        .init("{target: 80, published: '${P:-8080}'}", "P", true),
        .init("{target: '${T:-80}', published: '${P:-8080}'}", "P", true),
        .init("8080:80", nil, false),
        .init("8080:${T:-80}", nil, false),
        .init("${P}", shell: ["P": "80"], nil, false),
        .init("80${P:-80}:80", nil, false),
        .init("${A:-80}${B:-80}:80", nil, false),
        .init("${A:-8000}-${B:-8002}:80", nil, false),
        .init("${ON:+8080}:80", shell: ["ON": "1"], nil, false),
        .init("${IP:-127.0.0.1:}8080:80", nil, false),
        .init("${P:-127.0.0.1:13306}:3306", "P", false),
        .init("${P:-8000-8002}:8000-8002", "P", false),
        .init("${P:-8080:80}", "P", false),
        .init("${P:-8080}:${P:-8080}", "P", false),
        .init("{target: '${P:-80}', published: '${P:-80}'}", "P", false),
        .init("{target: 80, published: '${P:-8000-8009}'}", "P", false),
    ]

    @Test(arguments: entries)
    func namesTheVariable(_ entry: Entry) throws {
        let item = entry.text.hasPrefix("{") ? entry.text : "\"\(entry.text)\""
        let port = try Self.ports("services:\n  s: {image: x, ports: [\(item)]}\n", entry.shell)[0]
        #expect(port.variable == entry.variable)
        #expect(port.feedsOnlyHostPort == entry.feedsOnlyHostPort)
    }

    @Test(arguments: [
        "environment: {URL: 'redis://r:${P}'}", "environment: [P]", "environment: {P: }",
        "build: {args: [P]}",
        "command: run --port $P", "expose: ['${P}']", "labels: {a: '${X:-${P}}'}",
    ])
    func noticesEveryOtherUse(_ line: String) throws {
        let text = "services:\n  s:\n    image: x\n    ports: ['${P:-80}:80']\n    \(line)\n"
        #expect(try Self.ports(text)[0].feedsOnlyHostPort == false)
    }

    @Test func allowsOneVariableForSeveralHostPorts() throws {
        let text = """
            x-ports: &ports ["${P:-53}:53", "${P:-53}:53/udp"]
            services:
              a: {image: x, ports: *ports}
              b: {image: x, ports: ["127.0.0.2:${P:-53}:53"]}
            """
        #expect(try Self.ports(text).map(\.feedsOnlyHostPort) == [true, true, true])
    }

    @Test func forgetsWhatAnOverrideDrops() throws {
        let files = [
            "compose.yaml": "services: {s: {image: x, ports: ['${P:-80}:80', '${P:-80}:${P:-80}']}}\n",
            "compose.override.yml": "services: {s: {ports: !override ['${P:-80}:80']}}\n",
        ]
        try withComposeFolder(files) { folder in
            let project = try #require(try ComposeReader.read(ComposeRequest(workingDirectory: folder)))
            #expect(project.ports.map(\.feedsOnlyHostPort) == [true])
        }
    }

    @Test func pointsAtTheEntry() throws {
        let files = [
            "compose.yaml":
                "services:\n  s:\n    image: x\n    ports:\n      - 1:1\n      # c\n      - target: 2\n        published: 2\n",
            "compose.override.yml": "services:\n  s:\n    ports:\n\n      - 3-4:3-4\n",
        ]
        try withComposeFolder(files) { folder in
            let project = try #require(try ComposeReader.read(ComposeRequest(workingDirectory: folder)))
            let places = project.ports.map { "\(Path.lastName($0.file)):\($0.line)" }
            let override = "compose.override.yml:5"
            #expect(places == ["compose.yaml:5", "compose.yaml:7", override, override])
        }
    }

    @Test func infersTheKindFromTheImage() throws {
        let text =
            "services: {db: {image: 'postgres:16', ports: ['1:1']}, web: {build: ., ports: ['2:2/sctp']}}\n"
        let ports = try Self.ports(text)
        #expect(ports.map(\.kind) == [.postgres, .web])
        #expect(ports.map(\.transport) == [.tcp, nil])
    }

    private static func ports(_ text: String, _ shell: [String: String] = [:]) throws -> [DeclaredPort] {
        try withComposeFolder(["compose.yaml": text]) { folder in
            let request = ComposeRequest(workingDirectory: folder, environment: Environment(table: shell))
            return try #require(try ComposeReader.read(request)).ports
        }
    }
}
