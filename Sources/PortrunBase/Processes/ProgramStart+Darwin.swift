#if canImport(Darwin)
    extension ProgramStart {
        static var sessionFlag: Int32 { POSIX_SPAWN_SETSID }
    }
#endif
