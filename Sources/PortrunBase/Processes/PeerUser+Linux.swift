#if os(Linux)
    /// The user at the other end of a unix socket.
    package enum PeerUser {
        /// The user of the process that has connected; nil when the system does not tell.
        ///
        /// `struct ucred` is pid, uid and gid, 32 bits each, and not in the Glibc module: unix(7), SO_PEERCRED.
        package static func uid(of descriptor: Int32) -> UInt32? {
            var credentials = (pid: Int32(0), uid: UInt32(0), gid: UInt32(0))
            var size = socklen_t(MemoryLayout.size(ofValue: credentials))
            let code = getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size)
            return code == 0 && size == MemoryLayout.size(ofValue: credentials) ? credentials.uid : nil
        }
    }
#endif
