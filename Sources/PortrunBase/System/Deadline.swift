/// A moment by which something has to be done, on a clock that nobody sets.
package struct Deadline: Sendable {
    private let end: Int64

    package init(after patience: Duration) {
        let (seconds, attoseconds) = patience.components
        end = MonotonicClock.milliseconds() + seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }

    /// What is left, in milliseconds; 0 when it has passed.
    package var milliseconds: Int32 { Int32(clamping: max(0, end - MonotonicClock.milliseconds())) }
}
