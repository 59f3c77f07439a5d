import HTTPTypes
import Testing

@testable import PortrunDaemon

struct DashboardSessionsTests {
    /// A clock that a test sets.
    private let clock = Locked(Int64(1000))

    private func sessions() -> DashboardSessions {
        let clock = clock
        return DashboardSessions { clock.use { $0 } }
    }

    private func pass(_ milliseconds: Int64) { clock.use { $0 += milliseconds } }

    @Test func aTokenIsUsedOnce() throws {
        let sessions = sessions()
        let token = sessions.issue().text
        let session = try #require(sessions.signIn(with: token))
        #expect(sessions.signIn(with: token) == nil)
        #expect(sessions.session(["x", session.id.text])?.formToken.text == session.formToken.text)
        #expect(sessions.session([session.formToken.text, "", token]) == nil)
        #expect(session.id.text.count == 64 && session.id.text != session.formToken.text)
    }

    @Test func aTokenIsOfNoUseAfterAMinute() {
        let sessions = sessions()
        let (first, second) = (sessions.issue().text, sessions.issue().text)
        pass(DashboardSessions.tokenLife - 1)
        #expect(sessions.signIn(with: first) != nil)
        pass(1)
        #expect(sessions.signIn(with: second) == nil)
    }

    @Test func aSessionEndsWhenNobodyUsesIt() throws {
        let sessions = sessions()
        let id = try #require(sessions.signIn(with: sessions.issue().text)).id.text
        pass(DashboardSessions.idleLimit - 1)
        #expect(sessions.session([id]) != nil)
        pass(DashboardSessions.idleLimit - 1)
        #expect(sessions.session([id]) != nil)
        pass(DashboardSessions.idleLimit)
        #expect(sessions.session([id]) == nil)
    }

    @Test func cookiesAreThoseOfThePort() throws {
        let cookie = DashboardCookie(of: "localhost:7334")
        let session = try #require({ sessions in sessions.signIn(with: sessions.issue().text) }(sessions()))
        let field = cookie.field(session)
        #expect(field == "__Host-portrun-7334=\(session.id.text); Path=/; Secure; HttpOnly; SameSite=Strict")
        let fields: HTTPFields = [.cookie: "a=b; __Host-portrun-7334=1;__Host-portrun-7335=2; portrun-7334=3; c"]
        #expect(cookie.values(in: fields) == ["1"])
    }

    @Test(arguments: [("a=1&b=x+y%26", "x y&"), ("b=", ""), ("b", ""), ("bb=1&b=2&b=3", "2")])
    func fieldsOfForms(_ body: String, _ value: String) throws {
        #expect(try FormFields(Array(body.utf8))["b"] == value)
    }

    @Test func brokenFormsAreRefused() {
        #expect(throws: Problem.self) { try FormFields(Array("a=%4".utf8)) }
    }
}
