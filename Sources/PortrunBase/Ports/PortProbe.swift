import CProcess

/// Asks the operating system whether a port is taken, by binding it for a moment.
///
/// Nobody is told: a probe does not listen. The answer holds for the moment it is given: a booking keeps other
/// portruns away, but nothing keeps a stranger from taking the port later.
package enum PortProbe {
    /// An address whose port a probe tries to bind.
    package enum Address {
        /// `::` for IPv6 and IPv4 together
        case anyDualStack
        case anyIPv4, anyIPv6, loopbackIPv4, loopbackIPv6
    }

    /// True when something listens on `port`, on IPv4 or IPv6, on the wildcard or a loopback address.
    ///
    /// A port that this user may not bind at all (EACCES, below 1024) is tried by connecting to it instead, which only
    /// TCP can answer. Where no socket can be opened, as in some sandboxes, the system's list of sockets tells.
    /// - Throws: where nothing tells.
    package static func isBusy(_ port: Port, _ transport: TransportProtocol) throws(PortProbeError) -> Bool {
        do {
            return try isTaken(port, transport)
        } catch {
            guard let sockets = BoundSocket.all(on: port, transport) else { throw error }
            return !sockets.isEmpty
        }
    }

    private static func isTaken(_ port: Port, _ transport: TransportProtocol) throws(PortProbeError) -> Bool {
        for address in addresses {
            switch try attempt(portrun_bind_untranslated, address, port, transport) {
            case 0, EADDRNOTAVAIL: continue
            case EAFNOSUPPORT where address == .anyDualStack:
                return try attempt(portrun_bind_untranslated, .anyIPv4, port, transport) == EADDRINUSE
            case EAFNOSUPPORT: continue
            case EACCES:
                guard transport == .tcp else { return false }
                for address in [Address.loopbackIPv4, .loopbackIPv6]
                where try attempt(portrun_connect_untranslated, address, port, transport) == 0 {
                    return true
                }
                return false
            default: return true
            }
        }
        return false
    }

    /// Opens a socket, applies `call` (bind(2) or connect(2)) to it, and gives 0 or the errno value of what failed.
    ///
    /// - Throws: where there is no socket, or no memory for the call, and so no answer.
    private static func attempt(
        _ call: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32, _ address: Address, _ port: Port,
        _ transport: TransportProtocol
    ) throws(PortProbeError) -> Int32 {
        let descriptor = openSocket(address.isIPv6 ? AF_INET6 : AF_INET, transport)
        guard descriptor >= 0 else {
            let code = errno
            // What the system does not have nobody uses.
            if code == EAFNOSUPPORT { return code }
            throw PortProbeError(port: port, code: code)
        }
        defer { close(descriptor) }
        if transport == .tcp {
            // Without this, connections in TIME_WAIT make the port of a server that has just ended look busy. Not for
            // UDP, where it lets two sockets have one port: socket(7).
            set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        }
        if address.isIPv6 {
            set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, address == .anyDualStack ? 0 : 1)
        }
        let result = address.withSocketAddress(port) { call(descriptor, $0, $1) }
        let code = result == 0 ? 0 : errno
        if code == ENOBUFS || code == ENOMEM { throw PortProbeError(port: port, code: code) }
        return code
    }

    package static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}

extension PortProbe.Address {
    package var isIPv6: Bool {
        switch self {
        case .anyDualStack, .anyIPv6, .loopbackIPv6: true
        case .anyIPv4, .loopbackIPv4: false
        }
    }

    package func withSocketAddress(
        _ port: Port, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        func pass<Structure>(_ structure: Structure) -> Int32 {
            withUnsafePointer(to: structure) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    body($0, socklen_t(MemoryLayout<Structure>.size))
                }
            }
        }
        if isIPv6 {
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = port.number.bigEndian
            address.sin6_addr = self == .loopbackIPv6 ? in6addr_loopback : in6addr_any
            return pass(address)
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.number.bigEndian
        address.sin_addr.s_addr = self == .loopbackIPv4 ? in_addr_t(0x7F00_0001).bigEndian : 0
        return pass(address)
    }
}
