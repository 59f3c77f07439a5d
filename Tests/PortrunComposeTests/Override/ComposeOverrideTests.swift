import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

@Suite struct ComposeOverrideTests {
    @Test func nothingToMoveNeedsNoFile() throws {
        let project = try ComposeProject.reading("services: {db: {image: x, ports: ['5432:5432', '6379']}}")
        #expect(project.override([0: "5432"]) == nil)
    }

    @Test func aVariableMovesItsPortByItself() throws {
        let project = try ComposeProject.reading("services: {db: {image: x, ports: ['${P:-5432}:5432']}}")
        #expect(project.override([0: "5433"]) == nil)
    }

    @Test func aVariableCannotMoveTwoPortsToTwoPlaces() throws {
        let project = try ComposeProject.reading(
            "services: {dns: {image: x, ports: ['127.0.0.1:${P:-53}:53', '127.0.0.2:${P:-53}:53']}}")
        #expect(project.override([0: "5300", 1: "5300"]) == nil)
        let made = try #require(project.override([0: "5300", 1: "5301"]))
        #expect(made.text.contains(#""127.0.0.2:5301:53""#))
    }

    @Test func repeatsEveryEntryOfAMovedServiceAndNoOther() throws {
        let project = try ComposeProject.reading(
            """
            services:
              db: {image: x, ports: ['5432:5432', '127.0.0.1:9187:9187', '8008', '[::1]:7:7', '127.0.0.1::8/udp']}
              dns: {image: x, ports: ['5300:53/udp', '5301:54/sctp']}
            """)
        let made = try #require(project.override([0: "5433"]))
        #expect(
            made.text == """
                # Made anew at each launch: lets this project run beside others.
                services:
                  "db":
                    "ports": !override
                      - "5433:5432"
                      - "127.0.0.1:9187:9187"
                      - "8008"
                      - "[::1]:7:7"
                      - "127.0.0.1::8/udp"

                """)
    }

    /// Whatever YAML takes for the end of a line or does not take at all (YAML 1.1, «Character set»).
    @Test(arguments: [
        "\u{85}", "\u{2028}", "\u{2029}", "\u{7F}", "\u{9B}", "\u{FFFE}", "\u{FFFF}", "\u{1}", "\n", "\r", "\t",
    ])
    func saysEveryCharacter(_ character: String) throws {
        let name = JSONValue.string("a\(character)b").text
        let project = try ComposeProject.reading(
            "{services: {a: {image: x, ports: [{target: 1, published: 8080, name: \(name), app_protocol: \(name)}]}}}")
        let made = try #require(project.override([0: "8081"]))
        let isPrintable = { (scalar: Unicode.Scalar) in
            scalar == "\n" || !TerminalText.obeys(scalar) && !(0xFFFE...0xFFFF).contains(scalar.value)
        }
        #expect(made.text.unicodeScalars.allSatisfy(isPrintable), "\(made.text)")
        let read = try #require(
            try YAMLParser.documents(in: Array(made.text.replacing("!override", with: "").utf8), file: 0).first)
        let entry = try #require(read["services"]?["a"]?["ports"]?.elements?.first)
        #expect(entry["name"]?.string?.utf8.elementsEqual("a\(character)b".utf8) == true)
    }

    @Test func keepsWhatOnlyTheLongFormSays() throws {
        let project = try ComposeProject.reading(
            """
            services:
              a:
                image: x
                profiles: [off]
                ports:
                  - {target: "80", published: 8080, mode: host, name: web, app_protocol: http, x-n: {a: [1, 1.5, $$b]}}
                  - {target: 81, published: "", mode: "", protocol: ""}
                  - {target: 82, published: "9000-9001", protocol: TCP, host_ip: ""}
            """)
        let made = try #require(project.override([0: "8081"]))
        #expect(
            made.body == """
                services:
                  "a":
                    "ports": !override
                      - { "name": "web", "target": 80, "published": "8081", "protocol": "tcp", "mode": "host", \
                "app_protocol": "http", "x-n": { "a": [1, 1.5, "$$b"] } }
                      - { "target": 81, "protocol": "", "mode": "" }
                      - { "target": 82, "published": "9000-9001", "protocol": "TCP" }

                """)
    }

    @Test func aRangeToChooseFromBecomesWhatIsBooked() throws {
        let project = try ComposeProject.reading("services: {web: {image: x, ports: ['8000-8009:80']}}")
        #expect(try #require(project.override([0: "8000"])).text.contains(#""8000:80""#))
        #expect(try #require(project.override([0: "8100-8109"])).text.contains(#""8100-8109:80""#))
        #expect(project.override([0: "8000-8009"]) == nil)
    }

    @Test func publishesWhatDockerWouldPublishAnywhere() throws {
        let project = try ComposeProject.reading("services: {db: {image: x, ports: ['5432', '127.0.0.1::80']}}")
        let made = try #require(project.override([0: "5433", 1: "8081"]))
        #expect(
            made.body == """
                services:
                  "db":
                    "ports": !override
                      - "5433:5432"
                      - "127.0.0.1:8081:80"

                """)
        #expect(project.override([0: "5433", 1: "8081"], RemapPolicy(isPublishingBare: false)) == nil)
    }

    @Test func aVariableThatCarriesTheAddressIsMovedWithIt() throws {
        let project = try ComposeProject.reading(
            "services: {db: {image: x, ports: ['${SQL_PORT:-127.0.0.1:13306}:3306']}}")
        let made = try #require(project.override([0: "13307"]))
        #expect(made.text.contains(#""127.0.0.1:13307:3306""#))
    }

    @Test func aVariableOnBothSidesLeavesTheContainerPort() throws {
        let project = try ComposeProject.reading("services: {web: {image: x, ports: ['${P:-80}:${P:-80}']}}")
        let made = try #require(project.override([0: "8080"]))
        #expect(made.text.contains(#""8080:80""#))
    }

    @Test func theReaderFindsTheMovedPortAndNoOther() throws {
        let folder = try TemporaryFolder()
        try folder.write("services: {db: {image: x, ports: ['5432:5432', '127.0.0.1:9187:9187']}}", to: "compose.yaml")
        let request = ComposeRequest(workingDirectory: folder.path)
        let project = try #require(try ComposeReader.read(request))
        let made = try #require(project.override([0: "5433"]))
        let path = try made.save(as: "0123456789ab", for: .example, in: StateFolder(folder.path))
        let moved = try ComposeReader.read(
            ComposeRequest(workingDirectory: folder.path, files: project.files + [path]))
        #expect(moved?.ports.map(\.published.text) == ["5433", "9187"])
        #expect(moved?.ports.map(\.hostIP) == [nil, "127.0.0.1"])
    }

    @Test func theSameContentIsNotWrittenAgain() throws {
        let folder = try TemporaryFolder()
        let project = try ComposeProject.reading("services: {db: {image: x, ports: ['5432:5432']}}")
        let made = try #require(project.override([0: "5433"]))
        let path = try made.save(as: "0123456789ab", for: .example, in: StateFolder(folder.path))
        let first = try status(of: path)
        #expect(first.st_mode & 0o777 == 0o600)
        #expect(try made.save(as: "0123456789ab", for: .example, in: StateFolder(folder.path)) == path)
        #expect(try status(of: path).st_ino == first.st_ino)
    }

    private func status(of path: String) throws -> stat {
        var status = stat()
        try #require(stat(path, &status) == 0)
        return status
    }
}
