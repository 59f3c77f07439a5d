import PortrunBase

/// A real program that has a port open until it is closed, and says so.
final class Server {
    let port: Int
    let pid: Int32
    /// Its words, as the system shows them.
    let command: String
    private let program: RunningProgram

    private static let script = """
        import socket, sys
        transport, address, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM if transport == "tcp" else socket.SOCK_DGRAM)
        if transport == "tcp":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind((address, port))
        if transport == "tcp":
            listener.listen(8)
        print("port", listener.getsockname()[1], flush=True)
        sys.stdin.read()
        """

    /// - Parameters:
    ///   - port: 0 for one that the kernel chooses.
    ///   - prefix: words before the program, such as those of a command that changes the user.
    init(
        _ transport: TransportProtocol = .tcp, on address: String, port: Int = 0, in scratch: Scratch,
        prefix: [String] = []
    ) throws {
        try scratch.write(Self.script, to: "server.py")
        let words = ["/usr/bin/python3", "server.py", transport.rawValue, address, "\(port)"]
        command = words.joined(separator: " ")
        program = try scratch.start(prefix + words)
        pid = program.pid
        self.port = Int(try program.number(after: "port "))
    }

    /// Ends it.
    func close() throws {
        program.closeInput()
        _ = try program.finish()
    }
}
