import HTTPTypes
import PortrunBase

/// The routes of a door, by which a request is led; paths are unique for each method.
struct RouteTable: Sendable {
    let routes: [Route]
    /// How the door tells that something is wrong.
    let refusal: @Sendable (Problem) -> Answer
    /// Likewise, of what cannot be read as a request: a content type and a text.
    let unread: @Sendable (Problem) -> (type: String, text: String)

    init(
        _ routes: [Route], refusal: @escaping @Sendable (Problem) -> Answer = \.answer,
        unread: @escaping @Sendable (Problem) -> (type: String, text: String) = { (Problem.contentType, $0.document) }
    ) {
        self.routes = routes
        self.refusal = refusal
        self.unread = unread
    }

    /// The route of a request, with the parameters of its path. `HEAD` is led as `GET` is.
    ///
    /// - Throws: `Problem` 404 for a path that there is not, and 405 for a method that the path does not have.
    func route(_ method: HTTPRequest.Method, _ path: Substring) throws(Problem) -> (Route, [PathParameter]) {
        let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        let wanted = method == .head ? .get : method
        var allowed: [String] = []
        for route in routes {
            guard !route.isForOthers || allowed.isEmpty, let parameters = route.parameters(in: parts) else { continue }
            if route.method == wanted { return (route, parameters) }
            allowed += route.method == .get ? ["GET", "HEAD"] : [route.method.rawValue]
        }
        guard !allowed.isEmpty else { throw .unknownPath(String(path)) }
        throw .wrongMethod(method.rawValue, allowed: allowed)
    }
}
