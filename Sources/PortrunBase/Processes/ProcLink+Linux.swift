#if os(Linux)
    import CProcess

    /// Links below /proc, and what stands behind them.
    enum ProcLink {
        /// The inode behind `path`, links followed; that of a file in /proc/PID/ns names the namespace.
        static func inode(of path: String) -> UInt64? {
            var status = stat()
            return stat(path, &status) == 0 ? UInt64(status.st_ino) : nil
        }

        /// The inode of a namespace of this process, by `path` or, without /proc, by `kind`.
        static func namespace(_ path: String, _ kind: portrun_namespace_kind) -> UInt64? {
            if let inode = inode(of: path) { return inode }
            let inode = portrun_namespace(kind)
            return inode == 0 ? nil : inode
        }

        /// True where the numbers below /proc are those of this process's pid namespace: /proc may be of an outer one.
        static let isOwn = ownPID() == getpid()

        private static func ownPID() -> Int32? {
            var text = [CChar](repeating: 0, count: 16)
            return readlink("/proc/self", &text, 15) > 0 ? Int32(atoi(text)) : nil
        }
    }
#endif
