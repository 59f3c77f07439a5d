import HTTPTypes
import HummingbirdCore
import NIOCore
import PortrunBase

/// What a door answers.
package struct Answer: Sendable {
    package var status: HTTPResponse.Status
    package var headers: HTTPFields
    package var body: ResponseBody

    package init(_ status: HTTPResponse.Status, headers: HTTPFields = [:], body: ResponseBody = ResponseBody()) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A JSON document on one line.
    package static func json(_ value: JSONValue, _ status: HTTPResponse.Status = .ok) -> Answer {
        text(value.line + "\n", "application/json", status)
    }

    package static func text(
        _ text: String, _ type: String, _ status: HTTPResponse.Status = .ok
    ) -> Answer {
        Answer(status, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// The response, with what every one has. Nobody is to keep it, to guess what it is, or to embed it elsewhere.
    func response(isHead: Bool) -> Response {
        var headers = headers
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
        headers[.xContentTypeOptions] = "nosniff"
        headers[Self.resourcePolicy] = "same-origin"
        headers[.date] = HTTPDate.now()
        let response = Response(status: status, headers: headers, body: body)
        return isHead ? response.createHeadResponse() : response
    }

    // A literal that is a token.
    private static let resourcePolicy = HTTPField.Name("Cross-Origin-Resource-Policy")!
}
