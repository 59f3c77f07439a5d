import Foundation
import PortrunBase
import Testing

/// A running `portrun mcp` that a test talks to in the older era.
final class MCPSession {
    let program: RunningProgram
    private var requests = 0

    /// - Parameter options: behind `mcp`.
    init(in project: Project, _ options: String..., variables: [String] = []) throws {
        program = try project.scratch.start(
            [Program.portrun, "mcp"] + options, environment: variables + project.scratch.environment)
        let handshake = try ask("initialize", ["protocolVersion": "2025-11-25", "capabilities": [String: String]()])
        try #require(handshake["serverInfo"] != nil)
        tell("notifications/initialized")
    }

    func tell(_ method: String, _ parameters: [String: Any] = [:]) {
        send(["jsonrpc": "2.0", "method": method, "params": parameters])
    }

    /// Sends a request.
    ///
    /// - Returns: its id.
    func start(_ method: String, _ parameters: [String: Any] = [:]) -> Int {
        requests += 1
        send(["jsonrpc": "2.0", "id": requests, "method": method, "params": parameters])
        return requests
    }

    private func send(_ message: [String: Any]) {
        let data = try? JSONSerialization.data(withJSONObject: message, options: .withoutEscapingSlashes)
        program.write(String(decoding: data ?? Data(), as: UTF8.self) + "\n")
    }

    /// The result of the request with this id, whose answer is the next one.
    func result(of id: Int) throws -> [String: Any] {
        let start = program.output.consumed
        try program.wait(for: "\n")
        let line = program.output.bytes[start..<program.output.consumed]
        let answer = try #require(try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any])
        #expect(answer["jsonrpc"] as? String == "2.0" && answer["id"] as? Int == id)
        return try #require(answer["result"] as? [String: Any], "\(answer)")
    }

    func ask(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
        try result(of: start(method, parameters))
    }

    /// What a tool gives; an error is an issue.
    func call(_ tool: String, _ arguments: [String: Any] = [:]) throws -> [String: Any] {
        let result = try ask("tools/call", ["name": tool, "arguments": arguments])
        return try #require(result["structuredContent"] as? [String: Any], "\(result)")
    }

    /// What a tool says that fails.
    func failure(_ tool: String, _ arguments: [String: Any] = [:]) throws -> String {
        let result = try ask("tools/call", ["name": tool, "arguments": arguments])
        #expect(result["isError"] as? Bool == true)
        return ((result["content"] as? [[String: Any]])?.first?["text"] as? String) ?? ""
    }

    /// Ends the input, and with it the server.
    func finish() throws -> Outcome {
        program.closeInput()
        return try program.finish()
    }
}
