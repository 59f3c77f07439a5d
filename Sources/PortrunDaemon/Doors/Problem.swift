import HTTPTypes
import PortrunBase
import PortrunKit

/// Why a request was not done, as RFC 9457 has it.
package struct Problem: Error, Sendable, Equatable {
    package var status: HTTPResponse.Status
    /// What programs decide by; it never changes.
    package var kind: String
    /// A lower-case clause without a final period.
    package var detail: String
    /// The next step, where there is one.
    package var hint: String?
    /// Fields of the response that go with it, through whichever door.
    package var headers: HTTPFields = [:]

    package init(_ status: HTTPResponse.Status, _ kind: String, _ detail: String, hint: String? = nil) {
        self.status = status
        self.kind = kind
        self.detail = detail
        self.hint = hint
    }

    /// The document that tells of it.
    package var answer: Answer { .text(document, Self.contentType, status) }

    static let contentType = "application/problem+json"

    /// Its text.
    var document: String { json.line + "\n" }

    private var json: JSONValue {
        var members: [(key: String, value: JSONValue)] = [
            ("type", .string("urn:portrun:problem:\(kind)")), ("title", .string(status.reasonPhrase)),
            ("status", .integer(status.code)), ("detail", .string(detail)),
        ]
        if let hint { members.append(("hint", .string(hint))) }
        return .object(JSONValue.KeyValuePairs(members))
    }
}

extension Problem {
    static func unknownPath(_ path: String) -> Problem {
        Problem(.notFound, "path", "there is nothing at `\(TerminalText.cut(TerminalText.onOneLine(path), to: 200))`")
    }

    static func wrongMethod(_ method: String, allowed: [String]) -> Problem {
        var problem = Problem(.methodNotAllowed, "method", "`\(method)` is not done here")
        problem.headers[.allow] = allowed.joined(separator: ", ")
        return problem
    }

    package static func malformed(_ detail: String, hint: String? = nil) -> Problem {
        Problem(.badRequest, "argument", detail, hint: hint)
    }

    static func forbidden(_ kind: String, _ detail: String, hint: String? = nil) -> Problem {
        Problem(.forbidden, kind, detail, hint: hint)
    }

    /// What an error of the library is to a client.
    package init(_ error: PortrunError) {
        let (status, kind): (HTTPResponse.Status, String) =
            switch error.kind {
            case .argument: (.badRequest, "argument")
            case .taken: (.conflict, "taken")
            case .exhausted: (.conflict, "exhausted")
            case .held: (.conflict, "held")
            case .notFound: (.notFound, "not-found")
            case .checkout: (.notFound, "checkout")
            case .project: (.unprocessableContent, "project")
            case .registry: (.serviceUnavailable, "registry")
            case .system: (.internalServerError, "system")
            }
        // It may tell of what others are called: programs, files, branches.
        self.init(
            status, kind, TerminalText.onOneLine(error.message), hint: error.hint.map(TerminalText.onOneLine))
    }

    /// Likewise, in terms of requests.
    private init(_ error: any ReportableError) {
        self.init(PortrunError(reporting: error))
        detail = TerminalText.onOneLine(RequestTerms.detail(of: error))
        hint = RequestTerms.hint(for: error).map(TerminalText.onOneLine)
    }

    /// What anything that a route throws is to a client.
    package init(of error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as any ReportableError: self.init(error)
        default: self.init(PortrunError(reporting: error))
        }
    }
}
