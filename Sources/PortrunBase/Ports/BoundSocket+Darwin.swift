#if canImport(Darwin)
    extension BoundSocket {
        /// Not known here: the system has no public call that lists sockets.
        package static func all(on port: Port? = nil, _ transport: TransportProtocol) -> [BoundSocket]? { nil }
    }
#endif
