import HTTPTypes
import PortrunBase
import PortrunKit

extension Dashboard {
    /// What its door answers.
    var routes: RouteTable {
        RouteTable(
            [
                Route(.get, "/") { call in
                    if let token = try call.query().first(where: { $0.name == "token" })?.value {
                        return try signIn(with: token, call)
                    }
                    _ = try session(of: call)
                    let search = try call.query().first { $0.name == "q" }?.value ?? ""
                    let recent = await feed.recent
                    let rows = try await look.rows()
                    return DashboardPage(rows, searching: search, recent, now: core.host.system().now).answer()
                },
                Route(.get, "/checkouts/{hash}") { call in
                    _ = try session(of: call)
                    let rows = try await look.rows(of: call.parameter("hash") ?? "")
                    guard let checkout = DashboardCheckout.all(of: rows).first else { throw Problem.nothingBooked }
                    return .text(checkout.html.text, "text/html; charset=utf-8")
                },
                Route(.get, "/events") { call in
                    _ = try session(of: call)
                    return try await .events { () async throws(FileError) in try await feed.join() }
                },
                Route(.get, "/release/{id}") { call in try await releaseNamed(by: call).page().answer() },
                Route(.post, "/release/{id}", takes: .form) { call in
                    let release = try await releaseNamed(by: call)
                    do {
                        try await release.perform(try FormFields(try await call.body()), core)
                    } catch {
                        let problem = Problem(of: error)
                        // What is in the way can be seen by now, and the question is asked with it.
                        guard problem.status == .conflict else { throw problem }
                        return try await releaseNamed(by: call).page(problem).answer(.conflict)
                    }
                    return Answer(.seeOther, headers: [.location: "/"])
                },
                Route(.get, "/assets/{name}") { call in
                    let asset = DashboardAsset.all.first { $0.name == call.parameter("name") }
                    guard let asset else { throw Problem.unknownPath(call.request.uri.path) }
                    return asset.answer
                },
            ],
            refusal: { DashboardPage($0).answer($0.status) })
    }

    /// The session of the browser.
    ///
    /// - Throws: `Problem` 401 where it has none.
    private func session(of call: DoorCall) throws(Problem) -> DashboardSessions.Session {
        guard let session = sessions.session(call.cookie.values(in: call.request.headers)) else {
            throw .notSignedIn
        }
        return session
    }

    /// Exchanges a token for a cookie, and leads to an address without it.
    private func signIn(with token: String, _ call: DoorCall) throws(Problem) -> Answer {
        // Who only looks uses nothing up.
        guard call.request.method == .get else { return Answer(.seeOther, headers: [.location: "/"]) }
        guard let session = sessions.signIn(with: token) else {
            // A reload of the first address, in a browser that has used the token.
            if (try? self.session(of: call)) != nil { return Answer(.seeOther, headers: [.location: "/"]) }
            throw .notSignedIn
        }
        return Answer(.seeOther, headers: [.location: "/", .setCookie: call.cookie.field(session)])
    }

    /// What the path names for a release.
    ///
    /// - Throws: `Problem` 401 and 404.
    private func releaseNamed(by call: DoorCall) async throws -> DashboardRelease {
        let session = try session(of: call)
        let rows = try await look.rows()
        guard let id = call.parameter("id").flatMap({ Int64($0) }),
            let row = rows.first(where: { $0.status.booking.id == id })
        else { throw Problem.nothingBooked }
        return DashboardRelease(row: row, session: session)
    }
}

extension DoorCall {
    /// The cookie of this door.
    fileprivate var cookie: DashboardCookie { DashboardCookie(of: request.head.authority) }
}

extension Problem {
    fileprivate static var nothingBooked: Problem {
        Problem(.notFound, "not-found", "there is no such booking any more")
    }

    fileprivate static var notSignedIn: Problem {
        var problem = Problem(
            .unauthorized, "session", "this browser has no session, or the address was used before or is too old",
            hint: "this command prints a new address, and opens it:")
        // RFC 9110, section 11.6.1, wants one; no browser asks for a password by it.
        problem.headers[.wwwAuthenticate] = "portrun-dashboard"
        return problem
    }
}
