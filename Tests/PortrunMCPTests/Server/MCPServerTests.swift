import PortrunBase
import Testing

@testable import PortrunMCP

struct MCPServerTests {
    let server: TestServer

    init() throws { server = try TestServer() }

    /// What is no request, in whatever era.
    @Test(
        arguments: [
            ("x", -32700, "null"), ("{", -32700, "null"), ("{} {}", -32700, "null"), ("nul", -32700, "null"),
            ("{\"a\":\"\u{1}\"}", -32700, "null"), (String(repeating: "[", count: 200), -32700, "null"),
            ("1", -32600, "null"), ("\"ping\"", -32600, "null"), ("null", -32600, "null"), ("[]", -32600, "null"),
            (#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#, -32600, "null"), ("{}", -32600, "null"),
            (#"{"id":1,"method":"ping"}"#, -32600, "1"),
            (#"{"jsonrpc":"1.0","id":"a","method":"ping"}"#, -32600, "\"a\""),
            (#"{"jsonrpc":2.0,"id":1,"method":"ping"}"#, -32600, "1"), (#"{"jsonrpc":"2.0","id":1}"#, -32600, "1"),
            (#"{"jsonrpc":"2.0","id":1,"method":7}"#, -32600, "1"),
            (#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600, "null"),
            (#"{"jsonrpc":"2.0","id":1.5,"method":"ping"}"#, -32600, "null"),
            (#"{"jsonrpc":"2.0","id":[1],"method":"ping"}"#, -32600, "null"),
            (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}"#, -32600, "1"),
            (#"{"jsonrpc":"2.0","id":1,"method":"ping","params":"x"}"#, -32600, "1"),
        ])
    func refuses(_ line: String, code: Int, id: String) throws {
        for _ in 1...2 {
            let answer = try #require(server.answer(line))
            #expect(
                answer.hasPrefix(#"{"jsonrpc":"2.0","id":\#(id),"error":{"code":\#(code),"message":""#), "\(answer)")
            #expect(!answer.contains("\n"))
            _ = server.initialize()
        }
        #expect(server.answer(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#) == #"{"jsonrpc":"2.0","id":1,"result":{}}"#)
    }

    @Test func refusesWhatIsNoText() {
        let line = MessageLines.Line.message([UInt8(ascii: "\""), 0xFF, UInt8(ascii: "\"")])
        #expect(server.answer(to: line)?.contains("-32700") == true)
        #expect(server.answer(to: .tooLong)?.contains("-32600") == true)
    }

    @Test(
        arguments: [
            #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#,
            #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#,
            #"{"jsonrpc":"2.0","method":"tools/list"}"#, #"{"jsonrpc":"2.0","id":7,"result":{}}"#,
            #"{"jsonrpc":"2.0","id":7,"error":{"code":1,"message":"x"}}"#,
        ])
    func answersNoNotification(_ line: String) { #expect(server.answer(line) == nil) }

    @Test func keepsTheIdAsItIs() {
        let id = #""\u001b[31m/\"\\ é""#
        #expect(
            server.answer(#"{"jsonrpc":"2.0","id":\#(id),"method":"ping"}"#)
                == #"{"jsonrpc":"2.0","id":"\u001b[31m/\"\\ é","result":{}}"#)
        #expect(
            server.answer(#"{"jsonrpc":"2.0","id":-9007199254740993,"method":"ping"}"#)
                == #"{"jsonrpc":"2.0","id":-9007199254740993,"result":{}}"#)
    }

    @Test(
        arguments: [
            ("2024-11-05", "2024-11-05"), ("2025-03-26", "2025-03-26"), ("2025-06-18", "2025-06-18"),
            ("2025-11-25", "2025-11-25"), ("2026-07-28", "2025-11-25"), ("1999-01-01", "2025-11-25"),
            ("", "2025-11-25"),
        ])
    func agreesOnARevision(_ requested: String, agreed: String) throws {
        let answer = try #require(server.initialize(requested))
        #expect(answer.contains(#""protocolVersion":"\#(agreed)""#))
        #expect(answer.contains(#""serverInfo":{"name":"portrun","title":"portrun","version":"1.2.3"}"#))
    }

    @Test func wantsAHandshakeInTheOlderEra() {
        #expect(server.ask("tools/list")?["code"] == .integer(-32602))
        #expect(server.ask("ping") == .object([:]))
        #expect(server.ask("initialize")?["code"] == .integer(-32602))
        _ = server.initialize()
        #expect(server.ask("tools/list")?["tools"]?.elements?.count == 10)
        for method in [
            "server/discover", "prompts/list", "logging/setLevel", "tools/list/", "", "notifications/initialized",
        ] {
            #expect(server.ask(method)?["code"] == .integer(-32601))
        }
    }

    @Test func onlyOneRevisionHasBatches() throws {
        _ = server.initialize("2025-03-26")
        let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
        let notice = #"{"jsonrpc":"2.0","method":"notifications/x"}"#
        #expect(
            server.answer("[\(ping),\(notice),\(ping)]")
                == #"[{"jsonrpc":"2.0","id":1,"result":{}},{"jsonrpc":"2.0","id":1,"result":{}}]"#)
        #expect(server.answer("[\(notice)]") == nil)
        #expect(server.answer("[1]")?.hasPrefix(#"[{"jsonrpc":"2.0","id":null,"error""#) == true)
        #expect(server.answer("[]")?.contains("-32600") == true)
        let many = Array(repeating: ping, count: 51).joined(separator: ",")
        #expect(server.answer("[\(many)]")?.hasPrefix(#"{"jsonrpc":"2.0","id":null,"error""#) == true)
    }

    @Test func refusesWhatIsNoCall() {
        _ = server.initialize()
        let wrong: [JSONValue.KeyValuePairs] = [
            [:], ["name": .integer(1)], ["name": .string("launch")], ["name": .string("Status")],
            ["name": .string("status"), "arguments": .array([])],
            ["name": .string("status"), "arguments": .string("x")],
        ]
        for parameters in wrong {
            #expect(server.ask("tools/call", .object(parameters))?["code"] == .integer(-32602))
        }
        for method in ["tools/list", "resources/list", "resources/templates/list"] {
            #expect(server.ask(method, .object(["cursor": .string("2")]))?["code"] == .integer(-32602))
        }
    }
}
