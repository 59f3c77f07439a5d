#if os(Linux)
    /// Links below /proc, and what stands behind them.
    enum ProcLink {
        /// The inode behind `path`, links followed; that of a file in /proc/PID/ns names the namespace.
        static func inode(of path: String) -> UInt64? {
            var status = stat()
            return stat(path, &status) == 0 ? UInt64(status.st_ino) : nil
        }

        /// The pid that /proc/self leads to, which is another than getpid(2) if /proc is of an outer pid namespace.
        static func ownPID() -> Int32? {
            var text = [CChar](repeating: 0, count: 16)
            return readlink("/proc/self", &text, 15) > 0 ? Int32(atoi(text)) : nil
        }
    }
#endif
