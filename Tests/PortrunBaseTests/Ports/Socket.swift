import TestSupport
import Testing

@testable import PortrunBase

/// A real socket, closed with the value at the latest.
final class Socket {
    enum Address: String, CaseIterable, Sendable {
        case loopbackIPv4, loopbackIPv6, anyIPv4, anyIPv6
    }

    private(set) var descriptor: Int32

    /// Binds `port`, or one that the kernel chooses.
    init(_ transport: TransportProtocol, on address: Address, port: Port? = nil) throws {
        descriptor = try Self.open(transport, isIPv6: address == .loopbackIPv6 || address == .anyIPv6)
        let code = address.withSocketAddress(port?.number ?? 0) { bind(descriptor, $0, $1) }
        try #require(code == 0, "bind: \(String(cString: strerror(errno)))")
    }

    /// Connects to `port` on 127.0.0.1.
    init(connectingTo port: Port, _ transport: TransportProtocol = .tcp) throws {
        descriptor = try Self.open(transport, isIPv6: false)
        let code = Address.loopbackIPv4.withSocketAddress(port.number) { connect(descriptor, $0, $1) }
        try #require(code == 0, "connect: \(String(cString: strerror(errno)))")
    }

    private init(descriptor: Int32) { self.descriptor = descriptor }

    deinit { close() }

    func close() {
        if descriptor >= 0 { PortrunBase.close(descriptor) }
        descriptor = -1
    }

    func listen() throws {
        try #require(PortrunBase.listen(descriptor, 8) == 0)
    }

    func accept() throws -> Socket {
        let accepted = PortrunBase.accept(descriptor, nil, nil)
        try #require(accepted >= 0)
        return Socket(descriptor: accepted)
    }

    var port: Port {
        get throws {
            var address = sockaddr_in6()
            var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
            let code = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
            }
            try #require(code == 0)
            // The port stands at the same place in the addresses of both families.
            return try #require(Port(Int(UInt16(bigEndian: address.sin6_port))))
        }
    }

    private static func open(_ transport: TransportProtocol, isIPv6: Bool) throws -> Int32 {
        let descriptor = PortProbe.openSocket(isIPv6 ? AF_INET6 : AF_INET, transport)
        try #require(descriptor >= 0)
        var value: Int32 = 1
        // As nearly every server has it.
        if transport == .tcp {
            setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &value, socklen_t(MemoryLayout<Int32>.size))
        }
        if isIPv6 {
            setsockopt(
                descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &value, socklen_t(MemoryLayout<Int32>.size))
        }
        return descriptor
    }
}

extension Socket.Address {
    fileprivate func withSocketAddress(
        _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        func pass<Structure>(_ structure: Structure) -> Int32 {
            withUnsafePointer(to: structure) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    body($0, socklen_t(MemoryLayout<Structure>.size))
                }
            }
        }
        switch self {
        case .loopbackIPv4, .anyIPv4:
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = self == .loopbackIPv4 ? in_addr_t(0x7F00_0001).bigEndian : 0
            return pass(address)
        case .loopbackIPv6, .anyIPv6:
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.bigEndian
            address.sin6_addr = self == .loopbackIPv6 ? in6addr_loopback : in6addr_any
            return pass(address)
        }
    }
}
