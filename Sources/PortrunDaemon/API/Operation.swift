import HTTPTypes
import PortrunBase
import PortrunKit
import PortrunRegistry

/// One row of the API: what it takes, gives and does. The routes and the OpenAPI document are both made from it.
struct Operation: Sendable {
    let method: HTTPRequest.Method
    /// Behind `/api/v1`.
    let path: String
    /// What programs that are made from the document call it.
    let id: String
    let summary: String
    /// Those that the path names are in it, all others in the query.
    var parameters: [Parameter] = []
    /// The members of the JSON object in the body; nil where it takes none.
    var body: [Parameter]?
    /// What the members of the body have to do with each other, as parts of its schema.
    var bodyRules: [(key: String, value: JSONValue)] = []
    /// The statuses of problems that are its own, beside those that any request may have.
    var problems: [HTTPResponse.Status] = []
    /// The shape of what it gives.
    let output: JSONValue
    let run: @Sendable (OperationCall, Registry) throws -> JSONValue
    /// Whether it asks which containers run.
    var usesContainers = false

    /// Whether it may be asked for without a body, by whoever says `Content-Type: application/json` all the same. The document
    /// does not tell: nobody who was made from it would say that.
    var isBodyOptional: Bool { !(body ?? []).contains(where: \.isRequired) && bodyRules.isEmpty }

    /// The names in the path's braces.
    var pathNames: [String] {
        path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
    }

    /// The one that everybody asks for, again and again: as a whole, it is written once for many.
    static let list = "listBookings"

    /// The one that needs no registry.
    static let daemon = "getDaemon"
}
