/// A socket that waits on a port for whoever comes: a TCP listener, or a UDP socket that is bound but not connected.
package struct BoundSocket: Sendable, Equatable {
    package let transport: TransportProtocol
    package let port: Port
    /// The local address as inet_ntop(3) writes it: `0.0.0.0`, `127.0.0.2`, `::1`.
    package let address: String
    /// The user who made it.
    package let uid: UInt32
    /// The number in the links of its descriptors: `socket:[INODE]` in proc(5).
    package let inode: UInt64

    /// True when something waits on `port`, on any address of this machine.
    ///
    /// Nobody notices the question where the system tells its sockets; elsewhere the port is probed.
    package static func isWaiting(on port: Port, _ transport: TransportProtocol) throws(PortProbeError) -> Bool {
        if let sockets = all(on: port, transport) { return !sockets.isEmpty }
        return try PortProbe.isBusy(port, transport)
    }

    /// The text of an address in network order, 4 or 16 bytes.
    static func text(ofAddress bytes: [UInt8]) -> String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        _ = inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, socklen_t(text.count))
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
