#if os(Linux)
    extension ConnectionOwner {
        /// The owner of the socket at `client` that is connected to `server`; takes some microseconds.
        ///
        /// The kernel is asked for the one socket: sock_diag(7), without `NLM_F_DUMP`.
        package static func of(_ client: LoopbackAddress, connectedTo server: LoopbackAddress) -> ConnectionOwner {
            let descriptor = socket(AF_NETLINK, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 4)
            guard descriptor >= 0 else { return .unknown }
            defer { close(descriptor) }
            let question = question(client, server)
            guard send(descriptor, question, question.count, 0) == question.count else { return .unknown }
            var answer = [UInt8](repeating: 0, count: 1024)
            var count: Int
            repeat { count = recv(descriptor, &answer, answer.count, 0) } while count < 0 && errno == EINTR
            return answer[..<max(count, 0)].withUnsafeBytes { bytes in
                // An nlmsghdr of the type SOCK_DIAG_BY_FAMILY, and an inet_diag_msg behind it.
                guard bytes.count >= 88, bytes.loadUnaligned(fromByteOffset: 4, as: UInt16.self) == 20 else {
                    return .unknown
                }
                // Where there is no such connection the kernel tells of who listens on the client's port.
                guard UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 22, as: UInt16.self)) == server.port else {
                    return .unknown
                }
                let uid = bytes.loadUnaligned(fromByteOffset: 80, as: UInt32.self)
                // A socket that its program has closed, or that only waits for late packets, says user 0.
                let inode = bytes.loadUnaligned(fromByteOffset: 84, as: UInt32.self)
                return inode == 0 ? .unknown : .user(uid)
            }
        }

        /// An `nlmsghdr` and an `inet_diag_req_v2` behind it, as linux/inet_diag.h has them.
        private static func question(_ client: LoopbackAddress, _ server: LoopbackAddress) -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: 72)
            bytes.withUnsafeMutableBytes { buffer in
                buffer.storeBytes(of: 72, toByteOffset: 0, as: UInt32.self)
                buffer.storeBytes(of: 20, toByteOffset: 4, as: UInt16.self)  // SOCK_DIAG_BY_FAMILY
                buffer.storeBytes(of: 1, toByteOffset: 6, as: UInt16.self)  // NLM_F_REQUEST
                buffer.storeBytes(of: UInt8(client.isIPv6 ? AF_INET6 : AF_INET), toByteOffset: 16, as: UInt8.self)
                buffer.storeBytes(of: 6, toByteOffset: 17, as: UInt8.self)  // IPPROTO_TCP
                buffer.storeBytes(of: .max, toByteOffset: 20, as: UInt32.self)
                buffer.storeBytes(of: client.port.bigEndian, toByteOffset: 24, as: UInt16.self)
                buffer.storeBytes(of: server.port.bigEndian, toByteOffset: 26, as: UInt16.self)
                for offset in [28, 44] {
                    if client.isIPv6 {
                        buffer[offset + 15] = 1
                    } else {
                        buffer.storeBytes(of: UInt32(0x7F00_0001).bigEndian, toByteOffset: offset, as: UInt32.self)
                    }
                }
                // INET_DIAG_NOCOOKIE: whichever socket has these addresses.
                buffer.storeBytes(of: .max, toByteOffset: 64, as: UInt64.self)
            }
            return bytes
        }
    }
#endif
