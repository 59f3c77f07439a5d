#if os(Linux)
    extension PortProbe {
        /// One bind of `::` for both families fails when any address of either has a listener.
        static var addresses: [Address] { [.anyDualStack] }

        /// A close-on-exec socket, or -1 with errno set.
        package static func openSocket(_ family: Int32, _ transport: TransportProtocol) -> Int32 {
            let type = transport == .tcp ? SOCK_STREAM : SOCK_DGRAM
            return socket(family, Int32(type.rawValue | SOCK_CLOEXEC.rawValue), 0)
        }
    }
#endif
