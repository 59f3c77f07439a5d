import PortrunBase

#if canImport(Darwin)
    extension ListeningTree {
        /// Not known here: the system has no public call that maps a socket to its port and process.
        static func listeners(
            below root: Int32, among sockets: [BoundSocket], told names: (Environment) -> [String]
        ) -> [Listener] { [] }
    }
#endif
