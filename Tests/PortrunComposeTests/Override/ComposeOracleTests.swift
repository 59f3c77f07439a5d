import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

/// What docker compose itself makes of override files, in special cases.
@Suite(.enabled(if: ComposeOracle.prefix != nil, "no `docker compose` here"), .timeLimit(.minutes(30)))
struct ComposeOracleTests {
    private static let text = """
        services:
          short:
            image: x
            container_name: old
            environment: {A: "$$HOME", B: 'http://localhost:${P:-80}'}
            ports:
              - 5432:5432
              - 9000-9002:80
              - 3000-3002:3000-3002/udp
              - 127.0.0.1::81
              - 0:82
              - "[::1]:83:83"
              - 0.0.0.0:84:84
              - 84:84
              - 85:85/sctp
              - 86-87
              - 88:88/TCP
              - 22:22
              - ${SQL:-127.0.0.1:13306}:3306
              - ${BOTH:-8080}:${BOTH:-8080}
              - ${P:-80}:90
          long:
            image: x
            profiles: [never]
            container_name: long
            networks: [front]
            ports:
              - {target: 90, published: "", mode: host, name: n, app_protocol: http, x-foo: {a: [1, 1.5, "b$$c"]}}
              - {target: "91", published: 91, protocol: TCP}
              - {target: 91, published: "91"}
              - {target: 92, host_ip: "::1", published: "92"}
              - {target: 92, host_ip: "[::1]", published: "92"}
              - {target: 93, host_ip: "", published: "100-101"}
              - {target: 94, protocol: "", mode: ""}
              - {target: 96, published: 0}
              - {target: 0x63, published: "099"}
          untouched:
            image: x
            volumes_from: ["container:old:ro", short]
            external_links: [old]
            ports: ["1:1"]
        networks: {front: }
        """

    @Test func differsInWhatIsPublishedAndInNothingElse() throws {
        let project = try ComposeProject.reading(Self.text)
        var booked: [Int: String] = [:]
        for (index, port) in project.ports.enumerated() where port.service != "untouched" {
            booked[index] = "\(20_000 + index)"
        }
        let override = try #require(project.override(booked))
        let found = try ComposeOracle.configurations(of: Self.text, with: [nil, override])
        try #require(found.count == 2)
        #expect(found[0].without("published") == found[1].without("published"))
        let published = (found[1]["services"]?["short"]?["ports"]?.elements ?? []).map { $0["published"] }
        let expected = (0..<published.count).map { JSONValue.string("\(20_000 + $0)") }
        #expect(published.count == 17 && published == expected)
    }

    @Test func changesValuesInContainersAndNothingElse() throws {
        let text = """
            x-env: &env {A: "http://localhost:3000/$$x"}
            services:
              ui: {image: x, ports: ['3000:80']}
              map: {image: x, environment: {<<: *env, B: "1"}, build: {context: ., args: {U: 'http://localhost:3000'}}}
              list: {image: x, environment: ["A=http://localhost:3000/$$x", B=1], build: {context: ., args: ['U=http://localhost:3000']}}
              base: {image: x, environment: {A: 'http://localhost:3000/$$x', B: "1"}, profiles: [never]}
              late: {extends: base, environment: [B=1]}
            """
        let project = try ComposeProject.reading(text)
        let override = try #require(project.override([0: "3001"]))
        let found = try ComposeOracle.configurations(of: text, with: [nil, override])
        try #require(found.count == 2)
        for service in ["map", "list", "base", "late"] {
            let node = found[1]["services"]?[service]
            #expect(node?["environment"] == .object(["A": .string("http://localhost:3001/$$x"), "B": .string("1")]))
        }
        #expect(found[1]["services"]?["list"]?["build"]?["args"] == .object(["U": .string("http://localhost:3001")]))
        #expect(found[0].without(["A", "U", "published"]) == found[1].without(["A", "U", "published"]))
    }

    @Test func namesContainersAndWhatRefersToThem() throws {
        let project = try ComposeProject.reading(Self.text)
        let override = try #require(project.override([:], RemapPolicy(project: "w")))
        let found = try ComposeOracle.configurations(of: Self.text, with: [nil, override])
        try #require(found.count == 2)
        let services = try #require(found[1]["services"])
        #expect(services["short"]?["container_name"] == .string("w-old"))
        #expect(services["short"]?["networks"] == .object(["default": .object(["aliases": .array([.string("old")])])]))
        #expect(services["long"]?["container_name"] == .string("w-long"))
        #expect(services["long"]?["networks"] == .object(["front": .null]))
        #expect(services["untouched"]?["volumes_from"] == .array([.string("container:w-old:ro"), .string("short")]))
        #expect(services["untouched"]?["external_links"] == .array([.string("w-old:old")]))
        let changed = ["container_name", "volumes_from", "external_links", "aliases", "networks"]
        #expect(found[0].without(changed) == found[1].without(changed))
    }
}

extension JSONValue {
    /// The value of a key of an object.
    fileprivate subscript(key: String) -> JSONValue? {
        guard case .object(let object) = self else { return nil }
        return object.pairs.first { $0.key == key }?.value
    }

    fileprivate var elements: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// Without the pairs of these keys, at any depth.
    fileprivate func without(_ keys: [String]) -> JSONValue {
        switch self {
        case .array(let elements): .array(elements.map { $0.without(keys) })
        case .object(let object):
            .object(
                KeyValuePairs(
                    object.pairs.filter { !keys.contains($0.key) }.map { ($0.key, $0.value.without(keys)) }))
        case .null, .boolean, .integer, .fraction, .string: self
        }
    }

    fileprivate func without(_ key: String) -> JSONValue { without([key]) }
}
