import HTTPTypes
import PortrunBase

/// What a door does for one method and path.
package struct Route: Sendable {
    package let method: HTTPRequest.Method
    /// `/v1/allocations/{id}`: a part in braces stands for one part of any text, and `{...}` for all that follow.
    package let path: String
    /// What is to be in the body of a request that writes.
    let content: Content
    package let respond: @Sendable (DoorCall) async throws -> Answer
    /// The parts between the slashes.
    let parts: [Part]

    /// What a route takes.
    enum Content: Sendable {
        case json
        /// The fields of a form, of a page that the daemon itself has served.
        case form
    }

    enum Part: Sendable {
        case text(String)
        case parameter(String)
        case rest
    }

    init(
        _ method: HTTPRequest.Method, _ path: String, takes content: Content = .json,
        respond: @escaping @Sendable (DoorCall) async throws -> Answer
    ) {
        self.method = method
        self.path = path
        self.content = content
        self.respond = respond
        parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { part in
            if part == "{...}" { return .rest }
            return part.hasPrefix("{") ? .parameter(String(part.dropFirst().dropLast())) : .text(String(part))
        }
    }

    /// True for a route of paths that no other one has.
    var isForOthers: Bool { if case .rest? = parts.last { true } else { false } }

    /// The values of the parameters in a path that is this one; nil for another path.
    func parameters(in path: [Substring]) -> [PathParameter]? {
        guard path.count == parts.count || isForOthers && path.count > parts.count else { return nil }
        var values: [PathParameter] = []
        for (part, given) in zip(parts, path) {
            switch part {
            case .text(let text): guard given == text else { return nil }
            case .parameter(let name):
                guard let value = PercentEncoding.decoded(given), !value.isEmpty else { return nil }
                values.append(PathParameter(name: name, value: value))
            case .rest: break
            }
        }
        return values
    }
}
