/// The processor's time that this thread has taken: not more of it passes when the machine is busy with something else.
enum ProcessorClock {
    static func nanoseconds() -> Int64 { MonotonicClock.nanoseconds(of: clock) }
}
