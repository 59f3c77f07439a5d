import PortrunBase
import Testing

@testable import PortrunMCP

struct ClientConfigurationTests {
    private func added(_ client: MCPClient, _ content: String) throws -> String {
        let bytes = try ClientConfiguration(for: client).added(to: Array(content.utf8), of: "file")
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        arguments: [
            (
                MCPClient.claude, "{\n  \"mcpServers\": {\n    \"a\": {\"command\": \"a\"}\n  }\n}\n",
                "{\n  \"mcpServers\": {\n    \"a\": {\"command\": \"a\"},\n    "
                    + "\"portrun\": { \"command\": \"portrun\", \"args\": [ \"mcp\" ] }\n  }\n}\n"
            ),
            (
                .cursor, "{\"x\":1}",
                "{\"x\":1,\"mcpServers\":{\"portrun\": { \"command\": \"portrun\", \"args\": [ \"mcp\" ] }}}"
            ),
            (
                .vscode, "\u{FEFF}{\r\n\t// mine\r\n\t\"servers\": {},\r\n\t\"inputs\": [],\r\n}\r\n",
                "\u{FEFF}{\r\n\t// mine\r\n\t\"servers\": {\r\n\t\t"
                    + "\"portrun\": { \"type\": \"stdio\", \"command\": \"portrun\", \"args\": [ \"mcp\" ] }\r\n\t},\r\n"
                    + "\t\"inputs\": [],\r\n}\r\n"
            ),
            (
                .codex, "model = \"x\" # mine\n\n[mcp_servers.a]\ncommand = 'a'",
                "model = \"x\" # mine\n\n[mcp_servers.a]\ncommand = 'a'\n\n"
                    + "[mcp_servers.portrun]\ncommand = \"portrun\"\nargs = [\"mcp\"]\n"
            ),
            (
                .codex, "a = 1\r\n",
                "a = 1\r\n\r\n[mcp_servers.portrun]\r\ncommand = \"portrun\"\r\nargs = [\"mcp\"]\r\n"
            ),
        ])
    func everyOtherByteStays(_ client: MCPClient, _ content: String, _ expected: String) throws {
        let result = try added(client, content)
        #expect(Array(result.utf8) == Array(expected.utf8), "\(result)")
        #expect(try added(client, result) == result)
    }

    @Test(arguments: MCPClient.allCases)
    func aNewFileHasItAlone(_ client: MCPClient) throws {
        let text = ClientConfiguration(for: client).text
        for empty in ["", "\n", " \r\n\t"] { #expect(try added(client, empty) == text) }
        #expect(try added(client, text) == text)
    }

    @Test(
        arguments: [
            (MCPClient.claude, "{\"mcpServers\": {\"portrun\": {\"command\": \"other\"}}}"), (.claude, "[]"),
            (.claude, "{\"mcpServers\": []}"), (.cursor, "{\"mcpServers\": null}"), (.vscode, "{\"servers\": \"x\"}"),
            (.codex, "[mcp_servers.portrun]\ncommand = \"other\"\n"), (.codex, "mcp_servers = {a = {command = 'a'}}\n"),
            (.codex, "mcp_servers = 1\n"), (.codex, "[[mcp_servers]]\na = 1\n"),
            (.codex, "mcp_servers.portrun.command = \"portrun\"\n"),
        ])
    func leavesWhatIsTaken(_ client: MCPClient, _ content: String) {
        #expect(throws: ClientConfigurationError.taken(file: "file", client)) { try added(client, content) }
    }

    @Test(
        arguments: [
            (MCPClient.claude, "{\"a\": 1"), (.claude, "{\n\"a\" 1}"), (.claude, "{} x"), (.codex, "a = 1\nb\n"),
            (.codex, "a = \"\"\"\n"),
        ])
    func leavesWhatIsBroken(_ client: MCPClient, _ content: String) {
        do {
            let text = try added(client, content)
            Issue.record("added: \(text)")
        } catch ClientConfigurationError.syntax("file", _, _) {
        } catch {
            Issue.record("\(error)")
        }
    }
}
