import NIOHTTP1
import PortrunBase

/// How a request is put on the wire, apart from what it asks for (RFC 9112).
struct HTTPRequestForm {
    /// It is HTTP/1.0, whose clients know no chunks.
    let isOld: Bool
    /// The client sends the body when it is told to.
    let waits: Bool
    /// The connection ends with the answer.
    var closes: Bool
    /// Its answer has.
    var hasBegun = false

    /// Reads the form of a request, and leaves the origin form of its target in `head`.
    ///
    /// - Parameter isStranger: one of another user, who is not served a second time.
    /// - Throws: `Problem` 400, 403 or 501 for what cannot be read safely.
    init(_ head: inout HTTPRequestHead, isStranger: Bool) throws(Problem) {
        isOld = head.version == .http1_0 || head.version == .http0_9
        let hosts = head.headers["host"]
        guard isOld || !hosts.isEmpty else { throw .malformed("there is no `Host`") }
        try Self.checkCoding(of: head, isOld: isOld)
        let lengths = head.headers["content-length"]
        guard lengths.allSatisfy({ Int($0) != nil }) else { throw .malformed("`Content-Length` is no number of bytes") }
        try Self.resolveTarget(of: &head, at: hosts.first ?? "")
        let expects = !isOld && head.headers[canonicalForm: "expect"].contains { $0.lowercased() == "100-continue" }
        let length = lengths.first.flatMap { Int($0) } ?? 0
        waits = expects && !isStranger && length <= DoorCall.bodyLimit
        closes = isOld || isStranger || !head.isKeepAlive || expects && !waits
    }

    /// Chunks are the one coding that is understood; whoever understands another one sees other requests (section 6.1).
    private static func checkCoding(of head: HTTPRequestHead, isOld: Bool) throws(Problem) {
        let codings = head.headers[canonicalForm: "transfer-encoding"].map { $0.lowercased() }
        guard !codings.isEmpty else { return }
        guard !isOld else { throw .malformed("HTTP/1.0 has no `Transfer-Encoding`") }
        guard codings.last == "chunked" else { throw .malformed("`Transfer-Encoding` does not end with `chunked`") }
        guard codings.count == 1 else {
            throw Problem(.notImplemented, "coding", "`chunked` is the only `Transfer-Encoding` that is understood")
        }
    }

    /// A target may name the host, too (section 3.2.2): the one in `Host`, or it is not what has been looked at.
    private static func resolveTarget(of head: inout HTTPRequestHead, at host: String) throws(Problem) {
        guard !head.uri.hasPrefix("/"), head.uri != "*", head.method != .CONNECT else { return }
        let scheme = "http://"
        guard head.uri.lowercased().hasPrefix(scheme) else {
            throw .malformed("the target is neither a path nor an `http` address")
        }
        let rest = head.uri.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard authority.lowercased() == host.lowercased() else {
            throw .forbidden("host", "the target and `Host` name two hosts")
        }
        let path = rest.dropFirst(authority.count)
        head.uri = path.hasPrefix("/") ? String(path) : "/" + path
    }

    /// What is wrong with what cannot be read at all.
    static func problem(of error: HTTPParserError) -> Problem {
        if case .headerOverflow = error {
            return Problem(
                .requestHeaderFieldsTooLarge, "fields", "the target or the fields are too long, or the fields too many")
        }
        return .malformed("this is no HTTP request")
    }
}
