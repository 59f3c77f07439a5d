import PortrunBase

/// The queue of those who wait to write: an exclusive flock(2) on the folder of the registry.
///
/// Only who stands first asks SQLite again and again. The others ask whether they are the first, which takes one call of
/// the system. Nothing is made for it, and nothing is left of it: the lock ends with its process.
///
/// It decides nothing: who may write is for SQLite to say. So whoever finds the lock free need not queue, and one who has
/// been stopped while first holds nobody up for longer than `patience`.
final class WriterQueue {
    private let descriptor: Int32
    private var isFirst = false
    private let start = MonotonicClock.milliseconds()

    /// For how long the others believe that the first one is about to go on, in milliseconds.
    private static let patience: Int64 = 1_000
    private static let pauseOfFirst: UInt32 = 1_000

    /// The pause of one who has been here for `time` milliseconds, in microseconds: long where many wait, who would leave
    /// the first one no processor otherwise, and still a small part of what was waited.
    private static func pause(after time: Int64) -> UInt32 { UInt32(min(max(time * 40, 1_000), 250_000)) }

    /// nil where there can be no queue, as on some file systems of a network.
    init?(in folder: String) {
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else {
            isFirst = true
            return
        }
        guard errno == EWOULDBLOCK else {
            close(descriptor)
            return nil
        }
    }

    deinit { close(descriptor) }

    /// Pauses until it is time to ask SQLite; false when it is not worth waiting any more.
    func pause(while isWorthWaiting: () -> Bool) -> Bool {
        guard !isFirst else {
            usleep(Self.pauseOfFirst)
            return isWorthWaiting()
        }
        var now = MonotonicClock.milliseconds()
        let end = now + Self.patience
        repeat {
            guard isWorthWaiting() else { return false }
            usleep(Self.pause(after: now - start))
            isFirst = flock(descriptor, LOCK_EX | LOCK_NB) == 0
            now = MonotonicClock.milliseconds()
        } while !isFirst && now < end
        return true
    }
}
