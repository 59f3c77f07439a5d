import PortrunBase
import PortrunKit

/// Something that a client may have done.
struct Tool {
    let name: String
    let title: String
    /// For a model, which knows nothing else of it.
    let description: String
    /// Beside `checkout`.
    let parameters: [Parameter]
    /// The members of what it gives, beside the notices.
    let output: [(key: String, value: JSONValue)]
    let effect: Effect
    let run: (ToolCall) throws -> ToolOutcome

    enum Effect {
        case looks
        case books
        case releases
    }

    var json: JSONValue {
        .object([
            "name": .string(name), "title": .string(title), "description": .string(description),
            "inputSchema": inputSchema, "outputSchema": outputSchema,
            // None reaches beyond this machine.
            "annotations": .object([
                "title": .string(title), "readOnlyHint": .boolean(effect == .looks),
                "destructiveHint": .boolean(effect == .releases), "idempotentHint": .boolean(true),
                "openWorldHint": .boolean(false),
            ]),
        ])
    }

    var allParameters: [Parameter] { parameters + [.checkout] }

    private var inputSchema: JSONValue {
        Shape.object(
            allParameters.map { ($0.name, $0.schema) },
            required: allParameters.filter(\.isRequired).map(\.name), isClosed: true)
    }

    private var outputSchema: JSONValue { Shape.object(output + [("notices", Shape.texts)]) }
}

/// What a tool comes to, where it does not fail.
enum ToolOutcome {
    /// The members of the answer.
    case members([(key: String, value: JSONValue)])
    /// The client has taken the call back.
    case takenBack
}
