#if canImport(Darwin)
    extension Uptime {
        /// Goes on while the system sleeps: clock_gettime(3).
        static let clock = CLOCK_MONOTONIC
    }
#endif
