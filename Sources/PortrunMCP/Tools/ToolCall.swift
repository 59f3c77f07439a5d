import PortrunBase
import PortrunKit
import PortrunRegistry

/// One call of a tool, from its arguments to its result.
final class ToolCall {
    let tool: Tool
    let arguments: JSONValue
    let id: JSONValue
    let host: ServerHost
    /// What a person should know although the call goes on.
    private(set) var notices: [String] = []

    init(of tool: Tool, _ arguments: JSONValue, _ id: JSONValue, _ host: ServerHost) {
        self.tool = tool
        self.arguments = arguments
        self.id = id
        self.host = host
    }

    func note(_ text: String) { notices.append(Self.shown(text)) }
    func note(_ warnings: [Warning]) { for warning in warnings { note(warning.text) } }

    /// The checkout that is meant, as it is now.
    func checkout() throws -> Checkout {
        try CheckoutFolder(text("checkout"), host).checkout()
    }

    func openRegistry(of checkout: Checkout) throws -> Registry {
        try Registry(at: checkout.location, now: checkout.system.now) { [self] in note([$0]) }
    }

    /// The result of `tools/call`; nil when the client has taken the call back.
    ///
    /// A call that fails has a result, too, which tells a model what to do next.
    func result() -> [(key: String, value: JSONValue)]? {
        do {
            try checkArguments()
            switch try tool.run(self) {
            case .takenBack: return nil
            case .members(let members):
                let notices = JSONValue.array(notices.map { .string($0) })
                let object = JSONValue.object(JSONValue.KeyValuePairs(members + [("notices", notices)]))
                return [("content", Self.content(object.line)), ("structuredContent", object)]
            }
        } catch {
            return [("content", Self.content(Self.text(of: error))), ("isError", .boolean(true))]
        }
    }

    private static func content(_ text: String) -> JSONValue {
        .array([.object(["type": .string("text"), "text": .string(text)])])
    }

    private static func text(of error: any Error) -> String {
        guard let error = error as? any ReportableError else {
            return "\(shown("\(error)"))\nnext: \(ToolHint.usual)"
        }
        return "\(shown(error.message))\nnext: \(shown(ToolHint.text(for: error)))"
    }

    /// A project may have names of any length, with anything in them.
    private static func shown(_ text: String) -> String {
        TerminalText.cut(TerminalText.onOneLine(text), to: 8192)
    }
}
