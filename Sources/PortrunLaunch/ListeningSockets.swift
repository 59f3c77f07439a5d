import CLaunch
import CProcess
import PortrunBase

/// Sockets that portrun listens on for a command, which gets them as systemd hands them over: sd_listen_fds(3).
///
/// From the moment when they are made until the command closes them nobody else can have their ports. Like systemd's
/// `ListenStream=PORT` they listen on every address, IPv4 and IPv6 in one.
package final class ListeningSockets {
    /// The sockets in the order of the services, close-on-exec.
    package private(set) var descriptors: [Int32] = []
    /// The service of each socket: `LISTEN_FDNAMES`.
    private let names: [String]

    /// A command gets no more.
    package static let limit = Int(portrun_socket_limit)

    /// Binds a socket for each service and listens on it.
    package init(_ services: [(name: ServiceName, port: Port)]) throws(ListenError) {
        names = services.map { Self.validName($0.name) }
        for service in services { descriptors.append(try Self.listen(on: service.port)) }
    }

    deinit { close() }

    /// Gives them up here; the command has its own.
    package func close() {
        for descriptor in descriptors { PortrunBase.close(descriptor) }
        descriptors = []
    }

    /// Sets what tells the command of them.
    ///
    /// - Parameter pid: this process, or the command where it is to be read by people only; a child that is forked
    ///   later gets its own (`CommandImage`).
    package func announce(to pid: Int32, in environment: inout Environment) {
        environment.set("LISTEN_PID", to: "\(pid)")
        environment.set("LISTEN_FDS", to: "\(descriptors.count)")
        environment.set("LISTEN_FDNAMES", to: names.joined(separator: ":"))
        // systemd 258 also sets a second name of the process, which would not be this one.
        environment.remove("LISTEN_PIDFDID")
    }

    /// Makes sure that the places of `count` sockets are free.
    ///
    /// What stands there came from whoever started portrun, and the command may count on it, as below make(1) with its
    /// job server. systemd, which starts with a clean process, has no such case.
    package static func checkPlaces(for count: Int) throws(ListenError) {
        guard count <= limit else { throw .tooMany(count: count) }
        for number in portrun_first_socket..<(portrun_first_socket + count) {
            let flags = fcntl(Int32(number), F_GETFD)
            if flags >= 0, flags & FD_CLOEXEC == 0 { throw .occupied(descriptor: Int32(number)) }
        }
    }

    private static func listen(on port: Port) throws(ListenError) -> Int32 {
        do throws(ListenError) {
            return try listen(on: port, .anyDualStack)
        } catch .failed(_, EAFNOSUPPORT) {
            return try listen(on: port, .anyIPv4)
        }
    }

    private static func listen(on port: Port, _ address: PortProbe.Address) throws(ListenError) -> Int32 {
        let descriptor = PortProbe.openSocket(address.isIPv6 ? AF_INET6 : AF_INET, .tcp)
        guard descriptor >= 0 else { throw .failed(port: port, code: errno) }
        PortProbe.set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        if address.isIPv6 { PortProbe.set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 0) }
        let isListening =
            address.withSocketAddress(port) { portrun_bind_untranslated(descriptor, $0, $1) } == 0
            && PortrunBase.listen(descriptor, SOMAXCONN) == 0
        guard isListening else {
            let code = errno
            PortrunBase.close(descriptor)
            throw code == EADDRINUSE ? .busy(port: port) : .failed(port: port, code: code)
        }
        return descriptor
    }

    /// Printable ASCII without a colon, as systemd has it (fdname_is_valid).
    private static func validName(_ name: ServiceName) -> String {
        var text = ""
        for scalar in name.description.unicodeScalars {
            text.unicodeScalars.append((" "..."~").contains(scalar) && scalar != ":" ? scalar : "_")
        }
        return text
    }
}
