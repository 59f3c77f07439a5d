import PortrunBase
import Testing

@testable import PortrunMCP

/// The newer era of the protocol: each request stands for itself.
struct StatelessRequestTests {
    let server: TestServer

    init() throws { server = try TestServer() }

    private static let meta: JSONValue.KeyValuePairs = [
        "io.modelcontextprotocol/protocolVersion": .string("2026-07-28"),
        "io.modelcontextprotocol/clientCapabilities": .object([:]),
    ]

    private func ask(
        _ method: String, _ parameters: JSONValue.KeyValuePairs = [:], _ meta: JSONValue.KeyValuePairs = Self.meta
    ) -> JSONValue? {
        server.ask(method, .object(JSONValue.KeyValuePairs(parameters.pairs + [("_meta", .object(meta))])))
    }

    @Test func needsNoHandshake() {
        let tools = ask("tools/list")
        #expect(tools?["tools"]?.elements?.count == 10)
        // Nor does one before or after it matter.
        _ = server.initialize()
        #expect(ask("tools/list") == tools)
        #expect(server.ask("tools/list")?["resultType"] == nil)
    }

    @Test(
        arguments: [
            ("server/discover", 3_600_000, "public"), ("tools/list", 3_600_000, "public"),
            ("resources/list", 0, "private"),
            ("resources/templates/list", 3_600_000, "public"),
        ])
    func everyResultIsComplete(_ method: String, lasts milliseconds: Int, scope: String) throws {
        let result = try #require(ask(method))
        #expect(result["resultType"] == .string("complete"))
        #expect(result["_meta"]?["io.modelcontextprotocol/serverInfo"]?["version"] == .string("1.2.3"))
        #expect(result["ttlMs"] == .integer(milliseconds) && result["cacheScope"] == .string(scope))
    }

    @Test func aCallIsNotKept() throws {
        let result = try #require(ask("tools/call", ["name": .string("status")]))
        #expect(result["resultType"] == .string("complete") && result["ttlMs"] == nil && result["isError"] == nil)
        let failed = try #require(ask("tools/call", ["name": .string("check")]))
        #expect(failed["resultType"] == .string("complete") && failed["isError"] == .boolean(true))
    }

    @Test func discoversWhatIsSpoken() throws {
        let result = try #require(ask("server/discover"))
        #expect(result["supportedVersions"]?.elements?.first == .string("2026-07-28"))
        #expect(result["capabilities"] == .object(["tools": .object([:]), "resources": .object([:])]))
        #expect(result["instructions"]?.string?.contains("portrun -- COMMAND") == true)
    }

    @Test(arguments: ["2025-11-25", "2027-01-01", ""])
    func refusesAnotherRevision(_ revision: String) throws {
        let error = try #require(
            ask(
                "tools/list", [:],
                [
                    "io.modelcontextprotocol/protocolVersion": .string(revision),
                    "io.modelcontextprotocol/clientCapabilities": .object([:]),
                ]))
        #expect(error["code"] == .integer(-32022))
        #expect(error["data"]?["requested"] == .string(revision))
        #expect(error["data"]?["supported"]?.elements?.first == .string("2026-07-28"))
    }

    @Test func refusesAnIncompleteEnvelope() {
        let revision = ("io.modelcontextprotocol/protocolVersion", JSONValue.string("2026-07-28"))
        let wrong: [JSONValue.KeyValuePairs] = [
            [:], JSONValue.KeyValuePairs([revision]),
            JSONValue.KeyValuePairs([revision, ("io.modelcontextprotocol/clientCapabilities", .array([]))]),
            ["io.modelcontextprotocol/protocolVersion": .integer(2026)],
            ["io.modelcontextprotocol/clientCapabilities": .object([:])],
        ]
        for meta in wrong { #expect(ask("tools/list", [:], meta)?["code"] == .integer(-32602)) }
    }

    @Test(arguments: ["initialize", "ping", "logging/setLevel", "subscriptions/listen", "prompts/list"])
    func hasNoSuchMethod(_ method: String) { #expect(ask(method)?["code"] == .integer(-32601)) }

    @Test func aResourceThatIsNotThereIsAWrongParameter() {
        let missing: JSONValue.KeyValuePairs = ["uri": .string("portrun://ports/no/where")]
        #expect(ask("resources/read", missing)?["code"] == .integer(-32602))
        _ = server.initialize()
        #expect(server.ask("resources/read", .object(missing))?["code"] == .integer(-32002))
    }
}
