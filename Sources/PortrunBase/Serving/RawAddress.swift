/// Addresses as system calls take and give them.
package enum RawAddress {
    /// Runs `body` with the address of a unix socket; nil for a path that no address has room for.
    package static func unix<Result>(
        _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        // One byte is for the NUL at its end; a path with one inside would name another socket.
        guard !bytes.isEmpty, bytes.count < MemoryLayout.size(ofValue: address.sun_path), !bytes.contains(0)
        else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return erasing(&address, body)
    }

    /// Likewise, of a socket that is in no folder: unix(7), «abstract».
    package static func abstract<Result>(
        _ name: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result? {
        // The NUL in front stands in the place of the one behind a path, and the name ends where the address does.
        unix("@" + name) { address, size in
            let start = MemoryLayout<sockaddr_un>.offset(of: \.sun_path)!
            var bytes = Array(
                UnsafeRawBufferPointer(start: address, count: Int(size)).prefix(start + 1 + name.utf8.count))
            bytes[start] = 0
            return bytes.withUnsafeBytes {
                body($0.assumingMemoryBound(to: sockaddr.self).baseAddress!, socklen_t($0.count))
            }
        }
    }

    /// Likewise, of an address of this machine.
    package static func loopback<Result>(
        _ wanted: LoopbackAddress, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        if wanted.isIPv6 {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = wanted.port.bigEndian
            address.sin6_addr = in6addr_loopback
            return erasing(&address, body)
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = wanted.port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return erasing(&address, body)
    }

    private static func erasing<Address, Result>(
        _ address: inout Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<Address>.size)) }
        }
    }
}
