import HTTPTypes
import HummingbirdCore
import NIOCore
import PortrunBase
import PortrunKit
import ServiceLifecycle

extension Door {
    /// The dashboard, for a browser that has signed in.
    ///
    /// On both addresses that `localhost` stands for: a browser tries `::1` first, where else somebody else could wait for it.
    package static let dashboard = Door(
        name: "dashboard", summary: "the dashboard, for browsers",
        addresses: [false, true].map { LoopbackAddress(isIPv6: $0, port: DashboardPort.usual) },
        routes: [
            Route(.get, "/") { call in
                if let token = try call.query().first(where: { $0.name == "token" })?.value {
                    return try call.signIn(with: token)
                }
                _ = try call.session()
                let search = try call.query().first { $0.name == "q" }?.value ?? ""
                let recent = await call.core.dashboard.feed.recent
                let rows = try await call.core.dashboard.look.rows(call.core)
                return DashboardPage(rows, searching: search, recent, now: call.core.host.system().now).answer()
            },
            Route(.get, "/checkouts/{hash}") { call in
                _ = try call.session()
                let rows = try await call.core.dashboard.look.rows(call.core, of: call.parameter("hash") ?? "")
                guard let checkout = DashboardCheckout.all(of: rows).first else { throw Problem.nothingBooked }
                return .text(checkout.html.text, "text/html; charset=utf-8")
            },
            Route(.get, "/events") { call in
                _ = try call.session()
                guard let frames = try? await call.core.dashboard.feed.join() else {
                    throw Problem(.serviceUnavailable, "system", "the system has no watches left")
                }
                return Answer(
                    .ok, headers: [.contentType: "text/event-stream"],
                    body: ResponseBody { writer in
                        for await frame in frames.cancelOnGracefulShutdown() {
                            try await writer.write(ByteBuffer(string: frame))
                        }
                        try await writer.finish(nil)
                    })
            },
            Route(.get, "/release/{id}") { call in try await call.release().page().answer() },
            Route(.post, "/release/{id}", takes: .form) { call in
                let release = try await call.release()
                do {
                    try await release.perform(try FormFields(try await call.body()), call.core)
                } catch {
                    let problem = Problem(of: error)
                    // What is in the way can be seen by now, and the question is asked with it.
                    guard problem.status == .conflict else { throw problem }
                    return try await call.release().page(problem).answer(.conflict)
                }
                return Answer(.seeOther, headers: [.location: "/"])
            },
            Route(.get, "/assets/{name}") { call in
                let asset = DashboardAsset.all.first { $0.name == call.parameter("name") }
                guard let asset else { throw Problem.unknownPath(call.request.uri.path) }
                return asset.answer
            },
        ], bookedAs: ServiceName("portrun-dashboard"),
        refusal: { problem in
            var answer = DashboardPage(problem).answer(problem.status)
            for field in problem.headers { answer.headers[field.name] = field.value }
            return answer
        })
}

extension DoorCall {
    /// The cookie of this door.
    private var cookie: DashboardCookie { DashboardCookie(of: request.head.authority) }

    /// The session of the browser.
    ///
    /// - Throws: `Problem` 401 where it has none.
    fileprivate func session() throws(Problem) -> DashboardSessions.Session {
        guard let session = core.dashboard.sessions.session(cookie.values(in: request.headers)) else {
            throw .notSignedIn
        }
        return session
    }

    /// Exchanges a token for a cookie, and leads to an address without it.
    fileprivate func signIn(with token: String) throws(Problem) -> Answer {
        // Who only looks uses nothing up.
        guard request.method == .get else { return Answer(.seeOther, headers: [.location: "/"]) }
        guard let session = core.dashboard.sessions.signIn(with: token) else {
            // A reload of the first address, in a browser that has used the token.
            if (try? self.session()) != nil { return Answer(.seeOther, headers: [.location: "/"]) }
            throw .notSignedIn
        }
        return Answer(.seeOther, headers: [.location: "/", .setCookie: cookie.field(session)])
    }

    /// What the path names for a release.
    ///
    /// - Throws: `Problem` 401 and 404.
    fileprivate func release() async throws -> DashboardRelease {
        let session = try session()
        let rows = try await core.dashboard.look.rows(core)
        guard let id = parameter("id").flatMap({ Int64($0) }),
            let row = rows.first(where: { $0.status.booking.id == id })
        else { throw Problem.nothingBooked }
        return DashboardRelease(row: row, session: session)
    }
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
