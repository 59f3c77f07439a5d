extension PeerCredentials {
    /// The user of the process that has connected to a unix socket; nil when the system does not tell.
    package static func uid(of descriptor: Int32) -> UInt32? {
        var credentials = PeerCredentials()
        var size = socklen_t(MemoryLayout<PeerCredentials>.size)
        let code = getsockopt(descriptor, level, option, &credentials, &size)
        return code == 0 && size == MemoryLayout<PeerCredentials>.size ? credentials.uid : nil
    }
}
