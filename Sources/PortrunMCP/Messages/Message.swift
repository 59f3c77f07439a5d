import PortrunBase

/// One message of a client (JSON-RPC 2.0, section 4), with ids as MCP has them: texts and whole numbers.
package enum Message {
    case request(id: JSONValue, method: String, parameters: JSONValue)
    case notification(method: String, parameters: JSONValue)
    /// An answer to a request, of which this server makes none.
    case answer

    /// Why a document is no message, and to which id that is said.
    struct Failure: Error {
        let id: JSONValue
        let error: ProtocolError
    }

    init(_ document: JSONValue) throws(Failure) {
        guard case .object = document else {
            throw Failure(id: .null, error: .invalidRequest("a message is an object"))
        }
        let id = document["id"]
        let isIdentified = id?.string != nil || id?.integer != nil
        func refuse(_ problem: String) -> Failure {
            Failure(id: isIdentified ? id ?? .null : .null, error: .invalidRequest(problem))
        }
        guard document["jsonrpc"]?.string == "2.0" else { throw refuse("`jsonrpc` is not `2.0`") }
        guard let method = document["method"] else {
            guard document["result"] != nil || document["error"] != nil else { throw refuse("`method` is missing") }
            self = .answer
            return
        }
        guard let name = method.string else { throw refuse("`method` is no text") }
        let parameters = document["params"] ?? .null
        switch parameters {
        case .null, .object: break
        case .array, .boolean, .integer, .fraction, .string: throw refuse("`params` is no object")
        }
        guard let id else {
            self = .notification(method: name, parameters: parameters)
            return
        }
        guard isIdentified else { throw refuse("`id` is neither a text nor a whole number") }
        self = .request(id: id, method: name, parameters: parameters)
    }

    /// The document of a line; nil when it is none.
    static func document(_ line: [UInt8]) -> JSONValue? {
        guard String(validating: line, as: UTF8.self) != nil else { return nil }
        return JSONParser.message(line[...])
    }

    /// True for a line that takes back the request with this id.
    package static func cancels(_ id: JSONValue, _ line: [UInt8]) -> Bool {
        guard let document = document(line), let message = try? Message(document),
            case .notification("notifications/cancelled", let parameters) = message
        else { return false }
        return parameters["requestId"] == id
    }
}
