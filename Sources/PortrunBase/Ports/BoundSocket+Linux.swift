#if os(Linux)
    extension BoundSocket {
        /// The sockets of this network namespace that wait on `port`, or on any, IPv4 first; nil when the system does
        /// not tell.
        ///
        /// The kernel is asked for them (sock_diag(7)); where it does not answer, such as in some sandboxes, its tables
        /// are read, which takes a hundred times as long.
        package static func all(on port: Port? = nil, _ transport: TransportProtocol) -> [BoundSocket]? {
            SocketDiagnosis.sockets(on: port, transport) ?? SocketTable.sockets(on: port, transport)
        }
    }
#endif
