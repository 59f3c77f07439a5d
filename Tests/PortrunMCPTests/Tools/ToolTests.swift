import PortrunBase
import TestSupport
import Testing

@testable import PortrunMCP

struct ToolTests {
    let server: TestServer

    init() throws {
        server = try TestServer()
        _ = server.initialize()
    }

    private func text(_ result: JSONValue?) -> String { result?["content"]?.elements?.first?["text"]?.string ?? "" }

    @Test(
        arguments: [
            ("check", [:], "the argument `port` is missing\nnext: give `port` as a whole number from 1 to 65535"),
            ("check", ["port": .null], "the argument `port` is missing"),
            ("check", ["port": .string("80")], "`port` is not a whole number from 1 to 65535"),
            ("check", ["port": .integer(0)], "`port` is not"), ("check", ["port": .integer(65536)], "`port` is not"),
            ("check", ["port": .integer(Int.min)], "`port` is not"),
            (
                "check", ["port": .integer(80), "ports": .integer(81)],
                "there is no argument `ports`\nnext: give some of `port`, `checkout`"
            ),
            ("status", ["services": .string("web")], "`services` is not a list of 1 to 100 texts"),
            ("status", ["services": .array([])], "`services` is not"),
            ("status", ["services": .array([.string("a\nb")])], "`a?b` names no service"),
            ("status", ["services": .array([.string("")])], "`` names no service"),
            ("status", ["checkout": .string("/no/where")], "cannot enter `/no/where`: No such file or directory"),
            ("status", ["checkout": .string("package.json")], "cannot enter `package.json`: Not a directory"),
            ("status", ["checkout": .string("")], "cannot enter ``"),
            ("status", ["checkout": .string("/tmp\u{0}/x")], "cannot enter"),
            ("lookup", ["services": .array([.string("a")]), "all": .string("yes")], "`all` is not true or false"),
            (
                "book", ["services": .array([.string("a")]), "protocol": .string("sctp")],
                "`protocol` is not one of tcp, udp"
            ),
            ("book", ["services": .array([.string("a")]), "ttl": .integer(0)], "`ttl` is not"),
            ("book", ["services": .array([.string("a")]), "description": .string("a\nb")], "`description` is not"),
            (
                "book", ["services": .array([.string("a"), .string("b")]), "port": .integer(20000)],
                "`port` goes with one"
            ),
            ("wait", ["services": .array([.string("a")]), "timeout": .integer(51)], "`timeout` is not"),
            ("wait", ["services": .array([.string("a")]), "timeout": .integer(-1)], "`timeout` is not"),
            ("release", [:], "say what to release"),
            ("release", ["all": .boolean(true), "services": .array([.string("a")])], "say what to release"),
            (
                "release", ["services": .array([.string("a")])],
                "nothing booked for `a` in shop\nnext: call the tool `status`"
            ),
        ] as [(String, JSONValue.KeyValuePairs, String)])
    func saysWhatToDoNext(_ tool: String, _ arguments: JSONValue.KeyValuePairs, _ words: String) {
        let result = server.call(tool, arguments)
        #expect(result?["isError"] == .boolean(true))
        #expect(text(result).hasPrefix(words) || text(result).contains(words), "\(text(result))")
        #expect(text(result).contains("\nnext: ") && result?["structuredContent"] == nil)
    }

    /// A number that a place cannot have is none that was left out.
    @Test(
        arguments: [
            (#"{"services":["a"],"port":9223372036854775808}"#, "book", "`port` is not"),
            (#"{"services":["a"],"port":3000.5}"#, "book", "`port` is not"),
            (#"{"services":["a"],"ttl":1e30}"#, "book", "`ttl` is not"),
            (#"{"services":["a"],"ttl":1e999}"#, "book", "`ttl` is not"),
            (#"{"services":["a"],"count":9223372036854775808}"#, "book", "`count` is not"),
            (#"{"services":["a"],"timeout":9223372036854775808}"#, "wait", "`timeout` is not"),
            (#"{"services":["a"],"timeout":-1e400}"#, "wait", "`timeout` is not"),
            (#"{"services":["a",0.5]}"#, "book", "`services` is not"),
            (#"{"checkout":1.5}"#, "status", "`checkout` is not"),
        ])
    func refusesNumbersThatDoNotFit(_ arguments: String, _ tool: String, _ words: String) throws {
        _ = server.initialize()
        let call = """
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"\(tool)","arguments":\(arguments)}}
            """
        let answer = try #require(server.answer(call))
        let result = JSONParser.value(of: Array(answer.utf8)[...])?["result"]
        #expect(result?["isError"] == .boolean(true), "\(answer)")
        #expect(text(result).hasPrefix(words), "\(answer)")
        #expect(server.call("list")?["structuredContent"]?["bookings"] == .array([]))
    }

    @Test func givesTheSameTwice() throws {
        let result = try #require(server.call("book", ["services": .array([.string("web"), .string("web")])]))
        let given = try #require(result["structuredContent"])
        #expect(JSONParser.value(of: Array(text(result).utf8)[...]) == given)
        #expect(given["bookings"]?.elements?.count == 1)
        #expect(server.call("status")?["structuredContent"]?["bookings"] == given["bookings"])
    }

    @Test func nothingIsBookedByLooking() {
        for tool in ["status", "list", "explain", "discover", "doctor"] {
            #expect(server.call(tool)?["isError"] == nil, "\(tool)")
        }
        _ = server.call("lookup", ["services": .array([.string("web")])])
        _ = server.call("wait", ["services": .array([.string("web")]), "timeout": .integer(0)])
        #expect(server.call("list")?["structuredContent"]?["bookings"] == .array([]))
    }

    @Test func whatNobodyCanReadIsLeftOut() throws {
        for part in 0..<11 {
            let names = (0..<91).map { JSONValue.string("s\(part)-\($0)") }
            #expect(server.call("book", ["services": .array(names)])?["isError"] == nil)
        }
        let given = try #require(server.call("list")?["structuredContent"])
        #expect(given["bookings"]?.elements?.count == 1000)
        #expect(given["notices"]?.elements?.first?.string?.hasPrefix("more bookings are left out: 1; ") == true)
        let many = JSONValue.array((0..<101).map { .string("s\($0)") })
        #expect(text(server.call("status", ["services": many])).hasPrefix("`services` is not a list of 1 to 100 texts"))
    }

    @Test func aCallThatIsTakenBackIsNotAnswered() {
        server.patience = 3
        #expect(server.call("wait", ["services": .array([.string("web")])]) == nil)
        #expect(server.pauses == 4)
        #expect(server.ask("ping") == .object([:]))
    }

    /// The client may have closed its end alone, and reads what it has asked for.
    @Test func aCallIsAnsweredWhereTheInputEndsMeanwhile() throws {
        server.patience = 3
        server.ending = .inputEnded
        let given = try #require(server.call("wait", ["services": .array([.string("web")])])?["structuredContent"])
        #expect(server.pauses == 4)
        #expect(given["missing"] == .array([.string("web")]))
        let note = given["notices"]?.elements?.first?.string ?? ""
        #expect(note.contains(" when the input ended; "), "\(note)")
    }

    /// A folder may be called anything, and so may what a compose file declares.
    @Test func textsOfAProjectBreakNoLine() throws {
        let name = "a\u{1B}[31m\u{202E}b\u{2028}c"
        try server.folder.write(
            "services: {\"\(name)\": {image: x, ports: [\"7000:80\"]}}\n", to: "\(name)/compose.yaml")
        let line = try #require(
            server.answer(
                JSONValue.object([
                    "jsonrpc": .string("2.0"), "id": .integer(1), "method": .string("tools/call"),
                    "params": .object([
                        "name": .string("discover"),
                        "arguments": .object(["checkout": .string("../\(name)")]),
                    ]),
                ]).line))
        #expect(!line.unicodeScalars.contains(where: TerminalText.obeys))
        let wrong = try #require(server.call("status", ["checkout": .string("../x\(name)")]))
        #expect(text(wrong).hasPrefix("cannot enter `../xa?[31m?b?c`: "))
    }

    /// What the schemas say is what is taken.
    @Test func everyToolClosesItsArguments() {
        for tool in Tool.all {
            let json = tool.json
            #expect(json["inputSchema"]?["additionalProperties"] == .boolean(false))
            #expect(json["outputSchema"]?["properties"]?["notices"] != nil)
            #expect(
                (json["inputSchema"]?["required"]?.elements ?? []).count
                    == tool.allParameters.count(where: \.isRequired))
        }
    }
}
