#if os(Linux)
    /// Questions to the kernel about its sockets, over netlink: sock_diag(7), linux/inet_diag.h.
    enum SocketDiagnosis {
        /// The sockets that wait on `port`, or on any; nil when the kernel refuses or does not know the question.
        static func sockets(on port: Port?, _ transport: TransportProtocol) -> [BoundSocket]? {
            let descriptor = socket(AF_NETLINK, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 4)
            guard descriptor >= 0 else { return nil }
            defer { close(descriptor) }
            var sockets: [BoundSocket] = []
            for family in [AF_INET, AF_INET6] {
                let question = question(family, port, transport)
                guard send(descriptor, question, question.count, 0) == question.count,
                    let answer = answer(from: descriptor, on: port, transport)
                else { return nil }
                sockets += answer
            }
            return sockets
        }

        /// An `nlmsghdr` and an `inet_diag_req_v2` behind it; what is not set here means «any».
        private static func question(_ family: Int32, _ port: Port?, _ transport: TransportProtocol) -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: 72)
            bytes.withUnsafeMutableBytes { buffer in
                buffer.storeBytes(of: 72, toByteOffset: 0, as: UInt32.self)
                buffer.storeBytes(of: 20, toByteOffset: 4, as: UInt16.self)  // SOCK_DIAG_BY_FAMILY
                buffer.storeBytes(of: 0x301, toByteOffset: 6, as: UInt16.self)  // NLM_F_REQUEST | NLM_F_DUMP
                buffer.storeBytes(of: UInt8(family), toByteOffset: 16, as: UInt8.self)
                buffer.storeBytes(of: transport == .tcp ? 6 : 17, toByteOffset: 17, as: UInt8.self)
                // Bits by TCP state: LISTEN is 10; a UDP socket that is not connected is in CLOSE, 7.
                buffer.storeBytes(of: transport == .tcp ? 1 << 10 : 1 << 7, toByteOffset: 20, as: UInt32.self)
                buffer.storeBytes(of: (port?.number ?? 0).bigEndian, toByteOffset: 24, as: UInt16.self)
            }
            return bytes
        }

        /// The messages of a dump up to its end. The kernel makes them while they are read, so that no wait is needed.
        private static func answer(
            from descriptor: Int32, on port: Port?, _ transport: TransportProtocol
        ) -> [BoundSocket]? {
            var sockets: [BoundSocket] = []
            var buffer = [UInt8](repeating: 0, count: 32768)
            while true {
                let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
                if count < 0 && errno == EINTR { continue }
                guard count > 0 else { return nil }
                var rest = buffer[..<count]
                while rest.count >= 16 {
                    let size = Int(rest.number(at: 0, as: UInt32.self))
                    guard size >= 16, size <= rest.count else { return nil }
                    switch rest.number(at: 4, as: UInt16.self) {
                    case 3: return sockets  // NLMSG_DONE
                    case 20:
                        let socket = boundSocket(in: rest.prefix(size).dropFirst(16), on: port, transport)
                        if let socket { sockets.append(socket) }
                    case _: return nil  // NLMSG_ERROR, or nothing that was asked for
                    }
                    rest = rest.dropFirst((size + 3) / 4 * 4)
                }
            }
        }

        /// The socket that an `inet_diag_msg` describes.
        private static func boundSocket(
            in message: ArraySlice<UInt8>, on port: Port?, _ transport: TransportProtocol
        ) -> BoundSocket? {
            // The kernel's answer is by port already where one is asked for; older ones have more in it.
            guard message.count >= 72,
                let own = Port(Int(UInt16(bigEndian: message.number(at: 4, as: UInt16.self)))),
                port == nil || port == own
            else { return nil }
            let size = Int32(message.number(at: 0, as: UInt8.self)) == AF_INET ? 4 : 16
            return BoundSocket(
                transport: transport, port: own,
                address: BoundSocket.text(ofAddress: Array(message.dropFirst(8).prefix(size))),
                uid: message.number(at: 64, as: UInt32.self), inode: UInt64(message.number(at: 68, as: UInt32.self)))
        }
    }

    extension ArraySlice<UInt8> {
        /// The number of the machine's own byte order at `offset`, which has to be inside.
        fileprivate func number<Number: FixedWidthInteger>(at offset: Int, as type: Number.Type) -> Number {
            withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: type) }
        }
    }
#endif
