#if canImport(Darwin)
    extension PortProbe {
        /// With SO_REUSEADDR a wildcard bind succeeds here beside a listener on one address, so each is tried.
        static var addresses: [Address] { [.anyIPv4, .anyIPv6, .loopbackIPv4, .loopbackIPv6] }

        static var streamType: Int32 { SOCK_STREAM }
        static var datagramType: Int32 { SOCK_DGRAM }
    }
#endif
