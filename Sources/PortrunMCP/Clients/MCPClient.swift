import PortrunBase

/// A program whose configuration names MCP servers.
package enum MCPClient: String, Sendable, CaseIterable {
    /// Claude Code: https://code.claude.com/docs/en/mcp
    case claude
    /// Codex: https://developers.openai.com/codex/mcp
    case codex
    /// Cursor: https://cursor.com/docs/mcp
    case cursor
    /// Visual Studio Code: https://code.visualstudio.com/docs/copilot/customization/mcp-servers
    case vscode

    /// Its configuration for one project, seen from the project's root.
    package var file: String {
        switch self {
        case .claude: ".mcp.json"
        case .codex: ".codex/config.toml"
        case .cursor: ".cursor/mcp.json"
        case .vscode: ".vscode/mcp.json"
        }
    }

    var format: Format {
        switch self {
        case .claude, .cursor: .json(servers: "mcpServers", hasType: false)
        case .codex: .toml(servers: "mcp_servers")
        case .vscode: .json(servers: "servers", hasType: true)
        }
    }

    /// How its configuration is written.
    enum Format {
        /// Servers stand in the object under this key; each tells its type, or need not.
        case json(servers: String, hasType: Bool)
        /// Servers are tables below this one.
        case toml(servers: String)
    }
}
