#if canImport(Darwin)
    extension Uptime {
        /// Goes on while the system sleeps: clock_gettime(3).
        static let clock = CLOCK_MONOTONIC

        /// Processes start by the wall clock here.
        static func second(ofStart start: UInt64) -> Int64? { nil }
    }
#endif
