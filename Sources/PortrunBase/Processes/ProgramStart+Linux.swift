#if os(Linux)
    extension ProgramStart {
        /// `POSIX_SPAWN_SETSID` of spawn.h, which Glibc's module leaves out.
        static var sessionFlag: Int32 { 0x80 }
    }
#endif
