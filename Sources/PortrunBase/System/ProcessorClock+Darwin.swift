#if canImport(Darwin)
    extension ProcessorClock {
        static let clock = _CLOCK_THREAD_CPUTIME_ID
    }
#endif
