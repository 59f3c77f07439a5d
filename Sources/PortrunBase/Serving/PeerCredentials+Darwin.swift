#if canImport(Darwin)
    /// Who has the other end of a unix socket, as `LOCAL_PEERCRED` of unix(4) tells: the layout of `xucred`.
    package struct PeerCredentials: Sendable {
        var version: UInt32 = 0
        package var uid: UInt32 = 0
        var groupCount: Int16 = 0
        /// Room for 16 numbers of four bytes.
        var groups: (Four, Four, Four, Four) = (Four(), Four(), Four(), Four())

        struct Four: Sendable { var numbers: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0) }

        /// `SOL_LOCAL`
        package static var level: Int32 { 0 }
        /// `LOCAL_PEERCRED`
        package static var option: Int32 { 1 }
    }
#endif
