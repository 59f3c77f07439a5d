/// A socket on which connections are waited for.
package struct ServerSocket: Sendable {
    package let descriptor: Int32
    package let place: Place

    /// Where it waits.
    package enum Place: Sendable, Hashable, CustomStringConvertible {
        case path(String)
        case address(LoopbackAddress)

        package var description: String {
            switch self {
            case .path(let path): path
            case .address(let address): address.description
            }
        }
    }

    /// So many connections may wait until they are accepted.
    private static let backlog: Int32 = 1024

    /// Binds a unix socket that this user alone can open, in the place of what is there.
    ///
    /// To be called by one process at a time, which has a lock for it.
    package static func bound(to path: String) throws(ServerSocketError) -> ServerSocket {
        let descriptor = try opened(AF_UNIX, at: path)
        // The file has its mode from the start: nobody opens it between two calls.
        let mask = umask(0o177)
        defer { umask(mask) }
        unlink(path)
        guard let code = RawAddress.unix(path, { bind(descriptor, $0, $1) }) else {
            close(descriptor)
            throw .tooLong(path: path)
        }
        return try listening(descriptor, code, .path(path))
    }

    /// Binds a TCP port of this machine.
    package static func bound(to address: LoopbackAddress) throws(ServerSocketError) -> ServerSocket {
        let descriptor = try opened(address.isIPv6 ? AF_INET6 : AF_INET, at: address.description)
        var yes: Int32 = 1
        // After a restart, connections of before may still be about.
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        if address.isIPv6 {
            setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, &yes, socklen_t(MemoryLayout<Int32>.size))
        }
        let code = RawAddress.loopback(address) { bind(descriptor, $0, $1) }
        let socket = try listening(descriptor, code, .address(address))
        // The system may have chosen the port.
        return try given(socket.descriptor)
    }

    /// A socket that another program has bound.
    ///
    /// - Throws: `ServerSocketError.notAServer` for what listens nowhere, or where other machines get to.
    package static func given(_ descriptor: Int32) throws(ServerSocketError) -> ServerSocket {
        var isListening: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &size) == 0, isListening != 0,
            let place = place(of: descriptor)
        else { throw .notAServer(descriptor) }
        return ServerSocket(descriptor: descriptor, place: place)
    }

    /// Has as many clients wait as at first, after somebody has said otherwise.
    package func listenAgain() { listen(descriptor, Self.backlog) }

    private static func opened(_ family: Int32, at place: String) throws(ServerSocketError) -> Int32 {
        let descriptor = socket(family, SocketExchange.streamType, 0)
        guard descriptor >= 0 else { throw .failed(place: place, code: errno) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return descriptor
    }

    private static func listening(
        _ descriptor: Int32, _ bindResult: Int32, _ place: Place
    ) throws(ServerSocketError) -> ServerSocket {
        guard bindResult == 0, listen(descriptor, backlog) == 0 else {
            let code = errno
            close(descriptor)
            throw .failed(place: place.description, code: code)
        }
        return ServerSocket(descriptor: descriptor, place: place)
    }

    /// Where a socket is bound; nil for what other machines reach, and for no socket.
    private static func place(of descriptor: Int32) -> Place? {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let code = withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        guard code == 0 else { return nil }
        return withUnsafeBytes(of: storage) { bytes -> Place? in
            switch Int32(storage.ss_family) {
            case AF_INET:
                let address = bytes.loadUnaligned(as: sockaddr_in.self)
                guard UInt32(bigEndian: address.sin_addr.s_addr) == 0x7F00_0001 else { return nil }
                return .address(LoopbackAddress(port: UInt16(bigEndian: address.sin_port)))
            case AF_INET6:
                var address = bytes.loadUnaligned(as: sockaddr_in6.self)
                var loopback = in6addr_loopback
                guard memcmp(&address.sin6_addr, &loopback, MemoryLayout<in6_addr>.size) == 0 else { return nil }
                return .address(LoopbackAddress(isIPv6: true, port: UInt16(bigEndian: address.sin6_port)))
            case AF_UNIX:
                let name = bytes.dropFirst(MemoryLayout<sockaddr_un>.offset(of: \.sun_path)!).prefix { $0 != 0 }
                return .path(String(decoding: name, as: UTF8.self))
            default: return nil
            }
        }
    }
}

/// Why nothing can be waited for there.
package enum ServerSocketError: ReportableError, Equatable {
    /// The path of a unix socket has more bytes than an address has room for.
    case tooLong(path: String)
    /// What was handed over is no socket that listens on this machine alone.
    case notAServer(Int32)
    case failed(place: String, code: Int32)

    /// True where the machine does not have the address at all.
    package var isOfAMissingAddress: Bool {
        switch self {
        case .failed(_, EADDRNOTAVAIL), .failed(_, EAFNOSUPPORT): true
        case .tooLong, .notAServer, .failed: false
        }
    }

    /// True where somebody else has it.
    package var isOfATakenAddress: Bool {
        switch self {
        case .failed(_, EADDRINUSE): true
        case .tooLong, .notAServer, .failed: false
        }
    }

    package var message: String {
        switch self {
        case .tooLong(let path): "the path `\(path)` is too long for a socket"
        case .notAServer(let descriptor): "descriptor \(descriptor) does not listen on this machine alone"
        case .failed(let place, let code): "cannot listen on `\(place)`: \(String(cString: strerror(code)))"
        }
    }

    package var hint: String? {
        switch self {
        case .tooLong: "name a registry in another folder with `--registry` or `PORTRUN_REGISTRY`"
        case .notAServer: "sockets of systemd are to have `ListenStream=127.0.0.1:PORT`, `[::1]:PORT` or a path"
        case .failed(let place, EADDRINUSE) where place.hasPrefix("/"):
            "a file or folder is in its way that is no socket; remove it, then try again"
        case .failed(let place, EADDRINUSE):
            "`portrun check \(place.split(separator: ":").last ?? "")` tells who has it"
        case .failed: nil
        }
    }
}
