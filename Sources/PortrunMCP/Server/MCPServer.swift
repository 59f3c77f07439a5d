import PortrunBase
import PortrunKit

/// Answers the requests of one client, one after the other: MCP over lines of text.
///
/// Two eras of the protocol are spoken at once. In the newer one each request tells its revision; in the older one
/// `initialize` agrees on one for all that follow.
package struct MCPServer {
    let host: ServerHost
    /// What `initialize` has agreed on.
    private var agreed: ProtocolRevision?

    /// So many requests of a batch are answered.
    static let batchLimit = 50

    package init(_ host: ServerHost) { self.host = host }

    /// - Returns: what is to be written on one line; nil when nothing is.
    package mutating func answer(to line: MessageLines.Line) -> String? {
        guard case .message(let bytes) = line else { return ProtocolError.tooLong.answer(to: .null).line }
        guard let document = Message.document(bytes) else { return ProtocolError.parseError.answer(to: .null).line }
        guard agreed == .march2025, let batch = document.elements, !batch.isEmpty else {
            return answer(to: document)?.line
        }
        guard batch.count <= Self.batchLimit else {
            return ProtocolError.invalidRequest("a batch has more than \(Self.batchLimit) messages").answer(to: .null)
                .line
        }
        var answers: [JSONValue] = []
        for document in batch {
            if let answer = answer(to: document) { answers.append(answer) }
        }
        return answers.isEmpty ? nil : JSONValue.array(answers).line
    }

    private mutating func answer(to document: JSONValue) -> JSONValue? {
        do throws(Message.Failure) {
            switch try Message(document) {
            // Nothing that is told needs an answer; what is taken back has been answered by now.
            case .notification, .answer: return nil
            case .request(let id, let method, let parameters):
                do throws(ProtocolError) {
                    let result = try result(of: method, parameters, id)
                    return result.map { .object(["jsonrpc": .string("2.0"), "id": id, "result": $0]) }
                } catch {
                    return error.answer(to: id)
                }
            }
        } catch {
            return error.error.answer(to: error.id)
        }
    }

    /// - Returns: nil when the client has taken the request back meanwhile.
    private mutating func result(
        of method: String, _ parameters: JSONValue, _ id: JSONValue
    ) throws(ProtocolError) -> JSONValue? {
        let revision = try revision(of: method, parameters)
        switch (method, revision.isStateless) {
        case ("initialize", false): return try initialize(parameters)
        case ("ping", false): return .object([:])
        case ("server/discover", true): return complete(revision, discovery, lastsFor: Self.hour, isPublic: true)
        case ("tools/list", _):
            try refuseCursor(parameters)
            let tools = JSONValue.array(Tool.all.map(\.json))
            return complete(revision, [("tools", tools)], lastsFor: Self.hour, isPublic: true)
        case ("tools/call", _): return try call(parameters, id).map { complete(revision, $0) }
        case ("resources/list", _):
            try refuseCursor(parameters)
            let resources = CheckoutResources(host).all
            return complete(revision, [("resources", .array(resources))], lastsFor: 0)
        case ("resources/templates/list", _):
            try refuseCursor(parameters)
            let templates = JSONValue.array([CheckoutResources.template])
            return complete(revision, [("resourceTemplates", templates)], lastsFor: Self.hour, isPublic: true)
        case ("resources/read", _):
            guard let uri = parameters["uri"]?.string else { throw .invalidParameters("`uri` is missing") }
            let contents = try CheckoutResources(host).contents(of: uri, in: revision)
            return complete(revision, [("contents", .array([contents]))], lastsFor: 0)
        case _: throw .unknownMethod(method)
        }
    }

    private static let hour = 3_600_000

    /// The revision that a request is in.
    private func revision(of method: String, _ parameters: JSONValue) throws(ProtocolError) -> ProtocolRevision {
        let meta = parameters["_meta"]
        if let value = meta?[ProtocolRevision.revisionKey] {
            guard let requested = value.string else {
                throw .invalidParameters("`_meta` has no text under `\(ProtocolRevision.revisionKey)`")
            }
            guard let revision = ProtocolRevision(rawValue: requested), revision.isStateless else {
                throw .unsupportedRevision(requested)
            }
            guard case .object? = meta?[ProtocolRevision.capabilitiesKey] else {
                throw .invalidParameters("`_meta` has no object under `\(ProtocolRevision.capabilitiesKey)`")
            }
            return revision
        }
        if let agreed { return agreed }
        guard method == "initialize" || method == "ping" else {
            throw .invalidParameters(
                "`_meta` has no `\(ProtocolRevision.revisionKey)`, and `initialize` has not been called")
        }
        return .november2025
    }

    private mutating func initialize(_ parameters: JSONValue) throws(ProtocolError) -> JSONValue {
        guard let requested = parameters["protocolVersion"]?.string else {
            throw .invalidParameters("`protocolVersion` is missing")
        }
        let revision = ProtocolRevision(negotiating: requested)
        agreed = revision
        return .object([
            "protocolVersion": .string(revision.rawValue), "capabilities": Self.capabilities, "serverInfo": server,
            "instructions": .string(Self.instructions),
        ])
    }

    private var discovery: [(key: String, value: JSONValue)] {
        [
            ("supportedVersions", .array(ProtocolRevision.newestFirst.map { .string($0.rawValue) })),
            ("capabilities", Self.capabilities), ("instructions", .string(Self.instructions)),
        ]
    }

    private static let capabilities = JSONValue.object(["tools": .object([:]), "resources": .object([:])])

    private var server: JSONValue {
        .object(["name": .string("portrun"), "title": .string("portrun"), "version": .string(host.version)])
    }

    /// Nothing comes in pages, so no page has a name.
    private func refuseCursor(_ parameters: JSONValue) throws(ProtocolError) {
        if let cursor = parameters["cursor"], cursor != .null { throw .invalidParameters("there is no such `cursor`") }
    }

    private func call(_ parameters: JSONValue, _ id: JSONValue) throws(ProtocolError) -> [(
        key: String, value: JSONValue
    )]? {
        guard let name = parameters["name"]?.string else { throw .invalidParameters("`name` is missing") }
        guard let tool = Tool.all.first(where: { $0.name == name }) else {
            throw .invalidParameters("there is no tool `\(name)`")
        }
        let arguments = parameters["arguments"] ?? .null
        switch arguments {
        case .null, .object: break
        case .array, .boolean, .integer, .fraction, .string: throw .invalidParameters("`arguments` is no object")
        }
        return ToolCall(of: tool, arguments, id, host).result()
    }

    /// A result, with what the newer era wants of each.
    ///
    /// - Parameters:
    ///   - milliseconds: how long it may be kept; nil for a result that is not.
    ///   - isPublic: it is the same for everybody.
    private func complete(
        _ revision: ProtocolRevision, _ members: [(key: String, value: JSONValue)], lastsFor milliseconds: Int? = nil,
        isPublic: Bool = false
    ) -> JSONValue {
        guard revision.isStateless else { return .object(JSONValue.KeyValuePairs(members)) }
        var members = members
        members.append(("resultType", .string("complete")))
        members.append(("_meta", .object(JSONValue.KeyValuePairs([(ProtocolRevision.serverKey, server)]))))
        if let milliseconds {
            members.append(("ttlMs", .integer(milliseconds)))
            members.append(("cacheScope", .string(isPublic ? "public" : "private")))
        }
        return .object(JSONValue.KeyValuePairs(members))
    }
}
