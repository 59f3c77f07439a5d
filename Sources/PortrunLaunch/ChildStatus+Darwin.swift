import PortrunBase

#if canImport(Darwin)
    extension ChildStatus {
        /// Darwin reports a continued child as one stopped by SIGCONT: sys/wait.h.
        static func isContinued(_ status: Int32) -> Bool { status >> 8 == SIGCONT }
    }
#endif
