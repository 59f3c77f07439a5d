/// A clock that nobody sets, for how long something takes; it counts from a moment that means nothing.
package enum MonotonicClock {
    package static func nanoseconds() -> Int64 { nanoseconds(of: CLOCK_MONOTONIC) }

    package static func milliseconds() -> Int64 { nanoseconds() / 1_000_000 }

    /// The time on another of the system's clocks: clock_gettime(2).
    static func nanoseconds(of clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
