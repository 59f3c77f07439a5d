/// The time since the start of the system, which setting the clock does not change.
package enum Uptime {
    package static func seconds() -> Int64 { MonotonicClock.nanoseconds(of: clock) / 1_000_000_000 }
}
