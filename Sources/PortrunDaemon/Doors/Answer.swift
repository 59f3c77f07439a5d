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
        json(line: value.lineBytes, status)
    }

    /// Likewise, of one that is written already.
    static func json(line: [UInt8], _ status: HTTPResponse.Status = .ok) -> Answer {
        var bytes = ByteBuffer()
        bytes.reserveCapacity(line.count + 1)
        bytes.writeBytes(line)
        bytes.writeInteger(UInt8(ascii: "\n"))
        return Answer(status, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: bytes))
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
