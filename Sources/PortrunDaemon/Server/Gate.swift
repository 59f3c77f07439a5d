import HTTPTypes
import PortrunBase

/// Who gets in: this user, from this machine, by a program or a page that the daemon itself serves.
struct Gate: Sendable {
    /// The user whom the daemon serves.
    let uid: UInt32

    /// - Throws: `Problem` 403, or 400, for a request that is not to be done.
    func check(_ request: HTTPRequest, of peer: Peer) throws(Problem) {
        guard peer.isLocal else {
            throw .forbidden("remote", "only programs of this machine are served")
        }
        try checkHost(of: request, at: peer.place)
        try checkOwner(peer.owner)
        try checkOrigin(of: request)
    }

    /// A page whose name leads here (DNS rebinding) asks with its own name in `Host`, and nothing else tells it apart.
    private func checkHost(of request: HTTPRequest, at place: ServerSocket.Place) throws(Problem) {
        // The first one has become the authority; a second one might be what somebody else goes by.
        guard !request.headerFields.contains(Self.host) else { throw .malformed("there is more than one `Host`") }
        switch place {
        // No browser gets to a unix socket.
        case .path: return
        case .address(let address):
            let host = request.authority?.lowercased() ?? ""
            guard address.hosts.contains(where: { $0 == host }) else {
                throw .forbidden(
                    "host",
                    "`\(TerminalText.cut(TerminalText.onOneLine(host), to: 100))` is not what this address is called",
                    hint: "ask for `\(address.hosts[0])` or `\(address)`")
            }
        }
    }

    /// Whether anything is done for a peer, whatever it asks.
    func serves(_ peer: Peer) -> Bool {
        guard peer.isLocal else { return false }
        do throws(Problem) { try checkOwner(peer.owner) } catch { return false }
        return true
    }

    private func checkOwner(_ owner: ConnectionOwner) throws(Problem) {
        switch owner {
        case .user(uid): return
        // Where nothing tells, whoever asked for an address has let in all users of the machine.
        case .untold: return
        case .user, .unknown: throw .forbidden("user", "only programs of the user with the number \(uid) are served")
        }
    }

    /// Browsers tell where a page is from, on GET too: another port of localhost is `same-site`.
    private func checkOrigin(of request: HTTPRequest) throws(Problem) {
        let site = request.headerFields[values: Self.site]
        guard site.allSatisfy({ $0 == "same-origin" || $0 == "none" }) else {
            throw .forbidden("site", "pages of other sites and ports are not served")
        }
        // Browsers that do not tell the site tell this one, at least when something is written.
        let origins = request.headerFields[values: .origin]
        guard origins.allSatisfy({ $0.lowercased() == "http://\(request.authority?.lowercased() ?? "")" }) else {
            throw .forbidden("site", "pages of other sites and ports are not served")
        }
    }

    /// What is written is to be JSON, which a form of another site cannot send without asking first, and that is never
    /// allowed. What has no body and is not POST cannot be sent by a form at all.
    ///
    /// A route for forms cannot go by the type, which is that of another site's form, too. It takes only what a browser says
    /// comes from a page of this very address: that nothing speaks against it, as `check` wants it, is not enough.
    ///
    /// Behind `check`, and once it is known that the path has the method.
    ///
    /// - Throws: `Problem` 415.
    func checkContent(of request: HTTPRequest, as content: Route.Content = .json) throws(Problem) {
        let fields = request.headerFields
        switch request.method {
        case .get, .head, .options: return
        case .post, .put, .patch: break
        default:
            let length = fields[.contentLength] ?? "0"
            if length == "0", fields[.transferEncoding] == nil { return }
        }
        let type = (fields[.contentType] ?? "").lowercased()
        let essence = type.split(separator: ";", omittingEmptySubsequences: false)[0].filter { $0 != " " && $0 != "\t" }
        switch content {
        case .json:
            guard essence == "application/json" else {
                throw Problem(
                    .unsupportedMediaType, "type", "the body is to be JSON, with `Content-Type: application/json`",
                    hint: "send `Content-Type: application/json`")
            }
        case .form:
            guard essence == "application/x-www-form-urlencoded" else {
                throw Problem(.unsupportedMediaType, "type", "the body is to be that of a form")
            }
            let sites = fields[values: Self.site]
            // Where there is an origin, it has been compared by now.
            let isOwn = sites.isEmpty ? fields.contains(.origin) : sites.allSatisfy { $0 == "same-origin" }
            guard isOwn else { throw .forbidden("site", "only forms of the dashboard's own pages are taken") }
        }
    }

    // Literals that are tokens.
    private static let host = HTTPField.Name("Host")!
    private static let site = HTTPField.Name("Sec-Fetch-Site")!
}
