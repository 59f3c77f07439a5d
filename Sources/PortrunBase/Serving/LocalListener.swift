/// A listening unix socket.
package final class LocalListener {
    package let descriptor: Int32
    /// The path that was made, to be removed again.
    private let path: String?

    /// Listens on `address`. A path is made for its user alone; one that a server has left behind is taken.
    ///
    /// The socket is close-on-exec and does not block.
    package init(on address: LocalSocketAddress) throws(LocalListenerError) {
        #if !os(Linux)
            guard address.path != nil else { throw .noAbstractAddresses(address: address.text) }
        #endif
        let descriptor = socket(AF_UNIX, SocketExchange.streamType, 0)
        guard descriptor >= 0 else { throw .failed(address: address.text, code: errno) }
        do throws(LocalListenerError) {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
            try Self.bind(descriptor, to: address)
            guard listen(descriptor, SOMAXCONN) == 0 else { throw .failed(address: address.text, code: errno) }
        } catch {
            close(descriptor)
            throw error
        }
        self.descriptor = descriptor
        path = address.path
    }

    /// Where a process has a socket that it was started with: sd_listen_fds(3).
    package static let inheritedDescriptor: Int32 = 3

    /// The one that this process was started with.
    package init(inherited descriptor: Int32 = inheritedDescriptor) {
        self.descriptor = descriptor
        path = nil
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
    }

    deinit {
        if let path { unlink(path) }
        close(descriptor)
    }

    private static func bind(_ descriptor: Int32, to address: LocalSocketAddress) throws(LocalListenerError) {
        for isSecond in [false, true] {
            // Nobody else is to connect, even for a moment.
            let mask = umask(0o177)
            let code = address.withSocketAddress { PortrunBase.bind(descriptor, $0, $1) == 0 ? 0 : errno }
            umask(mask)
            guard let code else { throw .unusable(address: address.text) }
            if code == 0 { return }
            guard code == EADDRINUSE else { throw .failed(address: address.text, code: code) }
            guard let path = address.path, !isSecond, isLeftBehind(path, address) else {
                throw .taken(address: address.text)
            }
            unlink(path)
        }
    }

    /// True for a socket on which nobody listens any more.
    private static func isLeftBehind(_ path: String, _ address: LocalSocketAddress) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else { return false }
        let probe = socket(AF_UNIX, SocketExchange.streamType, 0)
        defer { close(probe) }
        _ = fcntl(probe, F_SETFL, O_NONBLOCK)
        let code = address.withSocketAddress { connect(probe, $0, $1) == 0 ? 0 : errno }
        return code == ECONNREFUSED
    }
}

/// Why a unix socket cannot be listened on.
package enum LocalListenerError: ReportableError, Equatable {
    case taken(address: String)
    /// Too long, or with a NUL in it.
    case unusable(address: String)
    /// Only Linux has them.
    case noAbstractAddresses(address: String)
    /// An errno value.
    case failed(address: String, code: Int32)

    package var message: String {
        switch self {
        case .taken(let address): "something listens on `\(address)`, or stands there, already"
        case .unusable(let address): "no socket can have the address `\(address)`"
        case .noAbstractAddresses(let address): "`\(address)`: this system has no abstract socket addresses"
        case .failed(let address, let code): "cannot listen on `\(address)`: \(String(cString: strerror(code)))"
        }
    }

    package var hint: String? {
        switch self {
        case .taken: "end the other server, or choose another address"
        case .unusable: "choose a shorter path"
        case .noAbstractAddresses: "choose a path"
        case .failed: nil
        }
    }
}
