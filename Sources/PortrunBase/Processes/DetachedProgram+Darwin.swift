#if canImport(Darwin)
    extension DetachedProgram {
        static var sessionFlag: Int32 { POSIX_SPAWN_SETSID }
    }
#endif
