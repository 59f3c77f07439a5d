import PortrunBase

/// How long this process waits for others that are writing to the registry.
///
/// After a second the user is told who they are. It is an error when nothing has moved for `limit`, or after `longest`:
/// a process that hangs does not hold up the world for ever, and many that take turns do not fail for being many.
final class Patience {
    /// In milliseconds, as all times here.
    private let limit: Int64
    private let longest: Int64
    private static let silence: Int64 = 1_000
    /// How often it is looked whether anything has moved.
    private static let interval: Int64 = 100

    /// The pauses between attempts, the last one repeated: SQLite's own (`sqliteDefaultBusyCallback` in its main.c).
    private static let pauses: [UInt32] = [1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100]

    /// Why it waits no longer.
    private(set) var failure: RegistryError?

    private let path: String
    private let warn: (Warning) -> Void
    private var start: Int64 = 0
    /// What was seen last, when, and since when it has been so.
    private var seen: LockSighting?
    private var lookedAt: Int64 = 0
    private var unmovedSince: Int64 = 0
    private var hasTold = false
    /// The process that the user was told of as one that does not go on.
    private var named: Int32?

    /// - Parameters:
    ///   - path: the registry's file.
    ///   - time: in which it ends, whatever happens; nil for the usual one.
    init(for path: String, atMost time: Int64? = nil, warn: @escaping (Warning) -> Void) {
        self.path = path
        self.warn = warn
        (limit, longest) = (time ?? 10_000, time ?? 60_000)
    }

    /// What to tell where somebody else has ended the waiting.
    func giveUp(at now: Int64 = MonotonicClock.milliseconds()) -> RegistryError {
        .busy(path: path, by: holder, seconds: Int((now - start) / 1000))
    }

    /// Pauses before the next attempt; false when there shall be none.
    ///
    /// - Parameters:
    ///   - attempt: the number of the one that failed, counted from 0.
    ///   - look: sees who holds the lock.
    func pause(after attempt: Int, _ look: () -> LockSighting) -> Bool {
        guard lasts(after: attempt, look) else { return false }
        usleep(Self.pauses[min(attempt, Self.pauses.count - 1)] * 1000)
        return true
    }

    /// False when there shall be no further attempt; likewise.
    ///
    /// A signal that asks this process to end, and is kept waiting, ends this waiting as well.
    func lasts(
        after attempt: Int, at now: Int64 = MonotonicClock.milliseconds(), _ look: () -> LockSighting
    ) -> Bool {
        if attempt == 0 { begin(now) }
        if Self.isAskedToEnd {
            failure = .interrupted(path: path)
            return false
        }
        guard now - lookedAt >= Self.interval else { return true }
        lookedAt = now
        let sighting = look()
        if let seen, seen != sighting { unmovedSince = now }
        seen = sighting
        if now - unmovedSince >= limit {
            failure = .busy(path: path, by: holder, seconds: Int((now - unmovedSince) / 1000))
        } else if now - start >= longest {
            failure = .busy(path: path, by: nil, seconds: Int((now - start) / 1000))
        } else {
            if now - start >= Self.silence { tell(isUnmoved: now - unmovedSince >= Self.silence) }
            return true
        }
        return false
    }

    private func begin(_ now: Int64) {
        (start, lookedAt, unmovedSince) = (now, now, now)
        (seen, hasTold, named, failure) = (nil, false, nil, nil)
    }

    private var holder: LockHolder? { (seen?.holder).map { LockHolder(pid: $0) } }

    /// Tells once that this takes long, and once of each process that does not go on.
    private func tell(isUnmoved: Bool) {
        guard !hasTold || (isUnmoved && seen?.holder != nil && seen?.holder != named) else { return }
        hasTold = true
        if isUnmoved { named = seen?.holder }
        let registry = "to the registry `\(path)`"
        let text =
            switch (holder, isUnmoved) {
            case (let holder?, true): holder.isWriting(registry)
            case (let holder?, false): "many processes that are writing \(registry), now \(holder.name)"
            case (nil, _): "other processes that are writing \(registry)"
            }
        warn(Warning("waiting for \(text)"))
    }

    private static var isAskedToEnd: Bool {
        var pending = sigset_t()
        sigpending(&pending)
        return [SIGINT, SIGTERM, SIGHUP, SIGQUIT].contains { sigismember(&pending, $0) == 1 }
    }
}
