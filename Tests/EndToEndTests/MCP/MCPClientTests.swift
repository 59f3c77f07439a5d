import Foundation
import PortrunLaunch
import Testing

/// Clients that others wrote: the official one in both of its generations, and fastmcp.
@Suite(.timeLimit(.minutes(30)))
struct MCPClientTests {
    /// A client in an environment that `scripts/servers.sh` makes, and the eras that it asks for.
    struct Case: Sendable, CustomTestStringConvertible {
        let environment: String
        let client: String
        let mode: String
        let revision: String

        var python: String { Checkout.root + "/.build/\(environment)/bin/python" }
        var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: python) }
        var testDescription: String { "\(environment) \(client) \(mode)" }
    }

    static let cases =
        [Case(environment: "mcp-1", client: "mcp", mode: "legacy", revision: "2025-11-25")]
        + ["mcp", "fastmcp"].flatMap { client in
            [("legacy", "2025-11-25"), ("auto", "2026-07-28"), ("2026-07-28", "2026-07-28")].map {
                Case(environment: "mcp-2", client: client, mode: $0.0, revision: $0.1)
            }
        }

    @Test(.enabled(if: cases.allSatisfy(\.isInstalled), "not installed: scripts/servers.sh installs the clients"))
    func allClientsAreHere() { #expect(Self.cases.count == 7) }

    @Test(arguments: cases.filter(\.isInstalled))
    func everyToolIsCalled(_ client: Case) throws {
        let project = try Project()
        let outcome = try project.scratch.run([
            client.python, Checkout.root + "/Tests/Scenarios/mcp_clients.py", Program.portrun, client.client,
            client.mode,
        ])
        #expect(outcome.ending == .exited(0), "\(outcome.errors)")
        #expect(outcome.output == "all is well: \(client.revision)\n")
    }
}
