#if os(Linux)
    /// Links below /proc, and what stands behind them.
    enum ProcLink {
        /// The inode behind `path`, links followed; that of a file in /proc/PID/ns names the namespace.
        static func inode(of path: String) -> UInt64? {
            var status = stat()
            return stat(path, &status) == 0 ? UInt64(status.st_ino) : nil
        }

        /// True where the numbers below /proc are those of this process's pid namespace: /proc may be of an outer one.
        static let isOwn = ownPID() == getpid()

        private static func ownPID() -> Int32? {
            var text = [CChar](repeating: 0, count: 16)
            return readlink("/proc/self", &text, 15) > 0 ? Int32(atoi(text)) : nil
        }
    }
#endif
