#if os(Linux)
    extension Uptime {
        /// Goes on while the system is suspended: clock_gettime(2).
        static let clock = CLOCK_BOOTTIME

        /// The second since the start of the system that a process's start is: proc_pid_stat(5), field 22.
        static func second(ofStart start: UInt64) -> Int64? {
            Int64(exactly: start / UInt64(max(1, sysconf(Int32(_SC_CLK_TCK)))))
        }
    }
#endif
