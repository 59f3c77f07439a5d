#if canImport(Darwin)
    extension PortProbe {
        /// With SO_REUSEADDR a wildcard bind succeeds here beside a listener on one address, so each is tried.
        static var addresses: [Address] { [.anyIPv4, .anyIPv6, .loopbackIPv4, .loopbackIPv6] }

        /// A close-on-exec socket, or -1 with errno set.
        static func openSocket(_ family: Int32, _ transport: TransportProtocol) -> Int32 {
            let descriptor = socket(family, transport == .tcp ? SOCK_STREAM : SOCK_DGRAM, 0)
            if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
            return descriptor
        }
    }
#endif
