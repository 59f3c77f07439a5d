#if os(Linux)
    extension PortProbe {
        /// One bind of `::` for both families fails when any address of either has a listener.
        static var addresses: [Address] { [.anyDualStack] }

        static var streamType: Int32 { Int32(SOCK_STREAM.rawValue) }
        static var datagramType: Int32 { Int32(SOCK_DGRAM.rawValue) }
    }
#endif
