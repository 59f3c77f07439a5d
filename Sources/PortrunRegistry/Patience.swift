import PortrunBase

/// How long this process waits for another one that is writing to the registry.
///
/// After a second the user is told so, once; after `limit` it is an error.
final class Patience {
    /// In milliseconds, as all times here.
    static let limit: Int64 = 10_000
    private static let silence: Int64 = 1_000

    /// The pauses between attempts, the last one repeated: SQLite's own (`sqliteDefaultBusyCallback` in its main.c).
    private static let pauses: [UInt32] = [1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100]

    private let path: String
    private let warn: (Warning) -> Void
    private var start: Int64 = 0
    private var hasWarned = false

    /// - Parameter path: the registry's file.
    init(for path: String, warn: @escaping (Warning) -> Void) {
        self.path = path
        self.warn = warn
    }

    /// Pauses after the failed attempt number `attempt`, counted from 0; false when there shall be no further one.
    func pause(after attempt: Int) -> Bool {
        let now = Self.now()
        if attempt == 0 { start = now }
        let waited = now - start
        guard waited < Self.limit else { return false }
        if waited >= Self.silence, !hasWarned {
            hasWarned = true
            warn(Warning("waiting for another process that is writing to the registry `\(path)`"))
        }
        usleep(Self.pauses[min(attempt, Self.pauses.count - 1)] * 1000)
        return true
    }

    /// A clock that nobody sets.
    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
