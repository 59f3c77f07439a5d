#if os(Linux)
    extension Uptime {
        /// Goes on while the system is suspended: clock_gettime(2).
        static let clock = CLOCK_BOOTTIME
    }
#endif
