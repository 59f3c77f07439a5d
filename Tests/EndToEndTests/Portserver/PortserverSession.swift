import PortrunBase
import Testing

/// A portserver of a test's own, and what its clients do.
final class PortserverSession {
    let program: RunningProgram
    let address: LocalSocketAddress

    /// Starts one and waits until it listens.
    ///
    /// - Parameter address: nil for a path in the test's folder.
    init(in project: Project, at address: String? = nil, pool: String) throws {
        self.address = LocalSocketAddress(address ?? project.scratch.path + "/ports")
        program = try project.scratch.start([
            Program.portrun, "portserver", "--portserver_unix_socket_address=\(self.address.text)",
            "--portserver_static_pool=\(pool)",
        ])
        try program.errors.wait(for: "PORTSERVER_ADDRESS=")
    }

    /// A connection that has said nothing yet.
    func connect() throws -> Int32 {
        let descriptor = socket(AF_UNIX, Self.streamType, 0)
        let code = address.withSocketAddress { PortrunBase.connect(descriptor, $0, $1) }
        guard code == 0 else { throw HarnessError.system(call: "connect", code: errno) }
        return descriptor
    }

    /// What the server says to a request; nil when it denies a port.
    func answer(to request: String) throws -> String? {
        let descriptor = try connect()
        defer { close(descriptor) }
        let bytes = Array(request.utf8)
        #expect(send(descriptor, bytes, bytes.count, 0) == bytes.count)
        var answer = [UInt8](repeating: 0, count: 64)
        let count = recv(descriptor, &answer, answer.count, 0)
        return count > 0 ? String(decoding: answer[..<count], as: UTF8.self) : nil
    }

    #if os(Linux)
        static let streamType = Int32(SOCK_STREAM.rawValue)
    #else
        static let streamType = SOCK_STREAM
    #endif
}
