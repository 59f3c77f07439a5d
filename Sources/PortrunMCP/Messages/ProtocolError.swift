import PortrunBase

/// Why a request has no result: an error of JSON-RPC 2.0, with the codes of section 5.1 and those of MCP.
package struct ProtocolError: Error, Equatable {
    let code: Int
    let message: String
    var data: JSONValue?

    init(_ code: Int, _ message: String, data: JSONValue? = nil) {
        self.code = code
        // What the client has sent may be in it.
        self.message = TerminalText.cut(TerminalText.onOneLine(message), to: 1000)
        self.data = data
    }

    static let parseError = ProtocolError(-32700, "not a JSON document in UTF-8")
    static let tooLong = ProtocolError(-32600, "a message has more than \(MessageLines.limit) bytes")

    static func invalidRequest(_ message: String) -> ProtocolError { ProtocolError(-32600, message) }

    static func unknownMethod(_ name: String) -> ProtocolError { ProtocolError(-32601, "there is no method `\(name)`") }

    static func invalidParameters(_ message: String) -> ProtocolError { ProtocolError(-32602, message) }

    /// Of the revision 2026-07-28.
    static func unsupportedRevision(_ requested: String) -> ProtocolError {
        ProtocolError(
            -32022, "the revision `\(requested)` of the protocol is not supported",
            data: .object([
                "supported": .array(ProtocolRevision.newestFirst.map { .string($0.rawValue) }),
                "requested": .string(requested),
            ]))
    }

    /// What has this URI; the older revisions have a code of their own for it.
    static func unknownResource(_ uri: String, _ reason: String, in revision: ProtocolRevision) -> ProtocolError {
        ProtocolError(revision.isStateless ? -32602 : -32002, reason, data: .object(["uri": .string(uri)]))
    }

    func answer(to id: JSONValue) -> JSONValue {
        var error: [(key: String, value: JSONValue)] = [("code", .integer(code)), ("message", .string(message))]
        if let data { error.append(("data", data)) }
        return .object(["jsonrpc": .string("2.0"), "id": id, "error": .object(JSONValue.KeyValuePairs(error))])
    }
}
