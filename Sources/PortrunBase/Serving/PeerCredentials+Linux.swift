#if os(Linux)
    /// Who has the other end of a unix socket, as `SO_PEERCRED` of unix(7) tells: `ucred`, which Glibc's module leaves out.
    package struct PeerCredentials: Sendable {
        package var pid: Int32 = 0
        package var uid: UInt32 = 0
        package var gid: UInt32 = 0

        package static var level: Int32 { SOL_SOCKET }
        package static var option: Int32 { SO_PEERCRED }
    }
#endif
