import PortrunBase
import TestSupport
import Testing

@testable import PortrunMCP

/// Lines that no client writes.
struct ServerFuzzTests {
    private static let seeds = [
        #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-03-26","capabilities":{}}}"#,
        #"{"jsonrpc":"2.0","id":"a\u00e9\ud83d\ude00","method":"tools/list","params":{"cursor":null}}"#,
        #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"status","arguments":{"services":["a"]}}}"#,
        #"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"wait","arguments":{"services":["a"],"timeout":0}}}"#,
        #"{"jsonrpc":"2.0","id":4,"method":"resources/read","params":{"uri":"portrun://ports/a%20b"}}"#,
        #"[{"jsonrpc":"2.0","id":5,"method":"ping"},{"jsonrpc":"2.0","method":"notifications/initialized"}]"#,
        """
        {"jsonrpc":"2.0","id":6,"method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":\
        "2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}
        """,
    ].map { Array($0.utf8) }

    private static let pieces = [
        "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "true", "-1", "1e9", "\\ud800", "\u{1B}", "\"id\":",
        "\"params\":",
        "\"name\":\"list\"", "\"checkout\":\"..\"", "é", " ",
    ].map { Array($0.utf8) }

    @Test(arguments: 0..<8)
    func eachLineHasOneAnswerAtMost(_ seed: UInt64) throws {
        let server = try TestServer()
        var random = SeededGenerator(state: seed)
        for _ in 0..<400 {
            let line = mutated(&random)
            guard let answer = server.answer(to: .message(line)) else { continue }
            let document = JSONParser.value(of: Array(answer.utf8)[...])
            #expect(document != nil && !answer.contains("\n"), "\(String(decoding: line, as: UTF8.self)): \(answer)")
            for one in document?.elements ?? [document ?? .null] {
                #expect(
                    (one["result"] == nil) != (one["error"] == nil) && one["jsonrpc"] == .string("2.0"), "\(answer)")
            }
        }
    }

    /// A line that a client writes, with some bytes gone, doubled or changed.
    private func mutated(_ random: inout SeededGenerator) -> [UInt8] {
        var line = Self.seeds.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let start = Int.random(in: 0...line.count, using: &random)
            let end = min(line.count, start + Int.random(in: 0...12, using: &random))
            switch Int.random(in: 0..<4, using: &random) {
            case 0: line.removeSubrange(start..<end)
            case 1: line.insert(contentsOf: Array(line[start..<end]), at: start)
            case 2: line.insert(UInt8.random(in: 0...255, using: &random), at: start)
            default: line.replaceSubrange(start..<end, with: Self.pieces.randomElement(using: &random) ?? [])
            }
        }
        return line.filter { $0 != UInt8(ascii: "\n") }
    }
}
