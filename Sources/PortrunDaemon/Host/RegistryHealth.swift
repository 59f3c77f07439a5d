import PortrunBase
import PortrunKit
import PortrunRegistry

/// Whether the registry can be read. Monitors ask often, so it is looked at a few times a second at most.
struct RegistryHealth: Sendable {
    private let host: DaemonHost
    private let window: RegistryDesk
    private let last = Locked<(problem: (any Error)?, at: Int64)?>(nil)

    /// An answer may be so old, in milliseconds.
    private static let freshness: Int64 = 200

    /// - Parameter window: where nobody who looks waits for a writer.
    init(_ host: DaemonHost, _ window: RegistryDesk) {
        self.host = host
        self.window = window
    }

    /// Why it cannot, as it was a moment ago; nil where it can.
    func recentProblem() async -> (any Error)? {
        let now = MonotonicClock.milliseconds()
        if let last = last.use({ $0 }), now - last.at < Self.freshness { return last.problem }
        let problem = await problem()
        last.use { $0 = (problem, now) }
        return problem
    }

    /// Likewise, now.
    func problem() async -> (any Error)? {
        do {
            try await window.use { registry in _ = try host.machine().look(in: registry) { _, record in record } }
            return nil
        } catch {
            return error
        }
    }
}
