import PortrunBase

/// Who has signed in to the dashboard, and who may.
///
/// A session lasts as long as the daemon, or until nobody has used it for `idleLimit`.
final class DashboardSessions: Sendable {
    /// A browser that has signed in.
    struct Session: Sendable {
        /// The value of its cookie.
        let id = Secret()
        /// What its forms carry: a page of another site does not know it.
        let formToken = Secret()
        fileprivate var usedAt: Int64
    }

    private struct State {
        var tokens: [(secret: Secret, issuedAt: Int64)] = []
        var sessions: [Session] = []
    }

    private let state = Locked(State())
    /// Milliseconds of a clock that is never set.
    private let now: @Sendable () -> Int64

    /// A token can be used for so long.
    static let tokenLife: Int64 = 60_000
    static let idleLimit: Int64 = 12 * 3_600_000
    /// The oldest of more are dropped.
    private static let limit = 64

    init(now: @escaping @Sendable () -> Int64 = MonotonicClock.milliseconds) { self.now = now }

    /// A token with which one browser can sign in, once.
    func issue() -> Secret {
        let secret = Secret()
        let now = now()
        state.use { state in
            state.tokens.removeAll { now - $0.issuedAt >= Self.tokenLife }
            state.tokens = state.tokens.suffix(Self.limit - 1) + [(secret, now)]
        }
        return secret
    }

    /// A new session for a token, which is of no use any more then; nil for one that was used, is too old, or never was.
    func signIn(with token: String) -> Session? {
        let now = now()
        return state.use { state in
            guard let index = state.tokens.firstIndex(where: { $0.secret.matches(token) }) else { return nil }
            guard now - state.tokens.remove(at: index).issuedAt < Self.tokenLife else { return nil }
            let session = Session(usedAt: now)
            state.sessions = state.sessions.suffix(Self.limit - 1) + [session]
            return session
        }
    }

    /// The session whose cookie has one of these values; it counts as used.
    func session(_ values: [String]) -> Session? {
        let now = now()
        return state.use { state in
            state.sessions.removeAll { now - $0.usedAt >= Self.idleLimit }
            guard let index = state.sessions.firstIndex(where: { values.contains(where: $0.id.matches) }) else {
                return nil
            }
            state.sessions[index].usedAt = now
            return state.sessions[index]
        }
    }
}
