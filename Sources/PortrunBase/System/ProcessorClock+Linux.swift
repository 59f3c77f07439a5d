#if os(Linux)
    extension ProcessorClock {
        static let clock = CLOCK_THREAD_CPUTIME_ID
    }
#endif
