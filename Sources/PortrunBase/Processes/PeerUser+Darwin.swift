#if canImport(Darwin)
    /// The user at the other end of a unix socket.
    package enum PeerUser {
        /// The user of the process that has connected; nil when the system does not tell: getpeereid(3).
        package static func uid(of descriptor: Int32) -> UInt32? {
            var (uid, gid) = (uid_t(0), gid_t(0))
            return getpeereid(descriptor, &uid, &gid) == 0 ? uid : nil
        }
    }
#endif
