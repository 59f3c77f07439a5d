#if os(Linux)
    /// The kernel's tables of sockets, as text: proc_net(5).
    enum SocketTable {
        /// The sockets that wait on `port`, or on any; nil when no table can be read.
        static func sockets(on port: Port?, _ transport: TransportProtocol) -> [BoundSocket]? {
            let tables = ["", "6"].compactMap { try? FileSystem.read("/proc/net/\(transport.rawValue)\($0)") }
            guard !tables.isEmpty else { return nil }
            // The kernel tells a table in parts, and a socket twice when others come meanwhile.
            var seen: Set<UInt64> = []
            return tables.flatMap { table in
                String(decoding: table, as: UTF8.self).split(separator: "\n").dropFirst()
                    .compactMap { socket(in: $0, on: port, transport) }
                    .filter { seen.insert($0.inode).inserted }
            }
        }

        /// The socket of a line, when it waits, and on `port` where one is given: `sl local remote state … uid timeout inode …`.
        private static func socket(
            in line: Substring, on port: Port?, _ transport: TransportProtocol
        ) -> BoundSocket? {
            let fields = line.split(separator: " ")
            // LISTEN for TCP; a UDP socket that is not connected is in CLOSE.
            guard fields.count > 9, fields[3] == (transport == .tcp ? "0A" : "07"),
                let separator = fields[1].lastIndex(of: ":"),
                let own = UInt16(fields[1][fields[1].index(after: separator)...], radix: 16).flatMap({ Port(Int($0)) }),
                port == nil || port == own, let uid = UInt32(fields[7]), let inode = UInt64(fields[9])
            else { return nil }
            return BoundSocket(
                transport: transport, port: own, address: BoundSocket.text(ofAddress: address(fields[1][..<separator])),
                uid: uid, inode: inode)
        }

        /// Words of four bytes, each written as a number of the machine's own byte order.
        private static func address(_ digits: Substring) -> [UInt8] {
            var bytes: [UInt8] = []
            var rest = digits
            while let word = UInt32(rest.prefix(8), radix: 16) {
                withUnsafeBytes(of: word) { bytes += $0 }
                rest = rest.dropFirst(8)
            }
            return bytes
        }
    }
#endif
