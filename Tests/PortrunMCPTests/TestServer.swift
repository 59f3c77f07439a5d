import PortrunBase
import PortrunKit
import TestSupport

@testable import PortrunMCP

/// A server in a scratch folder, with a registry of its own, and no clock but its own.
final class TestServer {
    let folder: TemporaryFolder
    private var server: MCPServer
    /// How often somebody may wait before the request is taken back.
    var patience = Int.max
    private(set) var pauses = 0
    /// How a pause ends behind those.
    var ending = PauseEnding.takenBack

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("{}\n", to: "shop/package.json")
        var host: ServerHost?
        let system = System(
            environment: ["HOME": folder.path, "PATH": "/usr/bin:/bin"], workingDirectory: "\(folder.path)/shop",
            now: 1_800_000_000)
        weak var server: TestServer?
        host = ServerHost(
            version: "1.2.3", registry: nil, uid: 1000, system: { system },
            pause: { _, _ in
                server?.pauses += 1
                guard let server else { return .takenBack }
                return server.pauses <= server.patience ? .isOver : server.ending
            })
        self.server = MCPServer(host!)
        server = self
    }

    /// The answer to one line.
    func answer(_ line: String) -> String? { server.answer(to: .message(Array(line.utf8))) }

    func answer(to line: MessageLines.Line) -> String? { server.answer(to: line) }

    /// Agrees on a revision of the older era.
    func initialize(_ revision: String = "2025-11-25") -> String? {
        answer(
            """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"\(revision)","capabilities":{}}}
            """)
    }

    /// The result of a request in the older era, or its error.
    func ask(_ method: String, _ parameters: JSONValue = .object([:])) -> JSONValue? {
        let request = JSONValue.object([
            "jsonrpc": .string("2.0"), "id": .integer(1), "method": .string(method), "params": parameters,
        ])
        guard let line = answer(request.line) else { return nil }
        let answer = JSONParser.value(of: Array(line.utf8)[...])
        return answer?["result"] ?? answer?["error"]
    }

    /// What a tool gives.
    func call(_ name: String, _ arguments: JSONValue.KeyValuePairs = [:]) -> JSONValue? {
        ask("tools/call", .object(["name": .string(name), "arguments": .object(arguments)]))
    }
}
