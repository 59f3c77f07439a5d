#if canImport(Darwin)
    extension ListeningProcess {
        /// Not known here: the system has no public call that maps a port to a process.
        package static func find(on port: Port, _ transport: TransportProtocol) -> ListeningProcess? { nil }

        package static func holders(of sockets: [BoundSocket]) -> [ListeningProcess?] { sockets.map { _ in nil } }

        /// Not known here.
        package static func holders(
            of sockets: [BoundSocket], in folders: [String], besides known: [Int32: String] = [:]
        ) -> [HeldSocket] { [] }

        /// Not known here.
        static func owners(of wanted: Set<UInt64>? = nil) -> [UInt64: Int32] { [:] }

        /// Not known here.
        package static func allHolders(of sockets: [BoundSocket]) -> [UInt64: [Int32]] { [:] }

        package static func process(_ pid: Int32) -> ListeningProcess {
            ListeningProcess(pid: pid, name: "", command: "")
        }

        /// Not known here.
        package func belongs(to folder: String, having variable: String) -> Bool { false }

        /// Not known here.
        package func runs(in folder: String) -> Bool { false }

        /// Not known here.
        package func wasStarted(in folder: String, having variable: String) -> Bool { false }
    }
#endif
