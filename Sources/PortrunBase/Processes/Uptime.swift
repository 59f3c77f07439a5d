/// The time since the start of the system, which setting the clock does not change.
package enum Uptime {
    package static func seconds() -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec)
    }
}
