import HTTPTypes
import HummingbirdCore
import NIOCore
import PortrunBase

/// One request, as a route sees it.
package struct DoorCall: Sendable {
    package let request: Request
    /// Those of the route's path.
    package let parameters: [PathParameter]

    /// A body with more bytes is refused.
    static let bodyLimit = 65536

    /// The value of a part of the path, for which the route has this name.
    package func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// The names and values behind the question mark, in their order, as they are meant.
    ///
    /// - Throws: `Problem` 400 for a broken escape.
    package func query() throws(Problem) -> [PathParameter] {
        guard let query = request.uri.query else { return [] }
        var pairs: [PathParameter] = []
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentEncoding.decoded(parts[0], isForm: true),
                let value = PercentEncoding.decoded(parts.count > 1 ? parts[1] : "", isForm: true)
            else { throw .malformed("the query has a broken escape") }
            pairs.append(PathParameter(name: name, value: value))
        }
        return pairs
    }

    /// The bytes of the body.
    ///
    /// - Throws: `Problem` 413 for too many.
    package func body() async throws -> [UInt8] {
        let tooLarge = Problem(.contentTooLarge, "body", "the body has more than \(Self.bodyLimit) bytes")
        if let length = request.headers[.contentLength].flatMap(Int.init), length > Self.bodyLimit { throw tooLarge }
        do {
            return Array(buffer: try await request.body.collect(upTo: Self.bodyLimit))
        } catch is NIOTooManyBytesError {
            throw tooLarge
        }
    }

    /// The JSON document in the body.
    ///
    /// - Parameter orEmpty: a body without a byte is an empty object.
    /// - Throws: `Problem` 400 where it is none, and 413.
    package func json(orEmpty: Bool = false) async throws -> JSONValue {
        let bytes = try await body()
        if orEmpty, bytes.isEmpty { return .object([:]) }
        guard String(validating: bytes, as: UTF8.self) != nil, let value = JSONParser.strictValue(of: bytes[...]) else {
            throw Problem.malformed("the body is no JSON document")
        }
        return value
    }
}
