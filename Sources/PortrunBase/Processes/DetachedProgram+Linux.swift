#if os(Linux)
    extension DetachedProgram {
        /// `POSIX_SPAWN_SETSID` of spawn.h, which Glibc's module leaves out.
        static var sessionFlag: Int32 { 0x80 }
    }
#endif
