/// A moment by which something has to be done, on a clock that nobody sets.
package struct Deadline: Sendable {
    private let end: Int64

    package init(after patience: Duration) {
        let (seconds, attoseconds) = patience.components
        end = Self.now + seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }

    /// The time that is left, in milliseconds; 0 when it has passed.
    package var milliseconds: Int32 { Int32(clamping: max(0, end - Self.now)) }

    private static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
