import Foundation
import TestSupport
import Testing

@testable import PortrunBase

/// A unix socket on which something answers one request, well or badly.
final class FakeEngine {
    enum Behaviour: Sendable {
        /// Reads the request, sends this, and closes the connection.
        case answer(String)
        /// Likewise, but leaves the connection open.
        case answerAndStay(String)
        /// Sends spaces for as long as somebody reads.
        case babble
        /// Closes the connection unread.
        case hangUp
        /// Listens and never accepts.
        case ignore
        /// Has ended and left its socket behind.
        case absent
    }

    let path: String
    private let folder: TemporaryFolder
    private let listener: Int32
    private let service: Service?

    init(_ behaviour: Behaviour) throws {
        folder = try TemporaryFolder()
        path = folder.path + "/engine.sock"
        listener = try Self.bound(to: path)
        if case .absent = behaviour {
            service = nil
            return
        }
        try #require(listen(listener, 1) == 0)
        if case .ignore = behaviour {
            service = nil
            return
        }
        let service = Service(listener, behaviour)
        Thread.detachNewThread { service.run() }
        self.service = service
    }

    deinit {
        // Wakes a thread that nobody has called.
        shutdown(listener, Int32(SHUT_RDWR))
        service?.wait()
        close(listener)
    }

    /// The request that was read.
    var request: String {
        service?.wait()
        return service?.request ?? ""
    }

    private static func bound(to path: String) throws -> Int32 {
        let listener = socket(AF_UNIX, SocketExchange.streamType, 0)
        try #require(listener >= 0)
        _ = fcntl(listener, F_SETFD, FD_CLOEXEC)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        try #require(path.utf8.count < MemoryLayout.size(ofValue: address.sun_path))
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(code == 0)
        return listener
    }

    /// Serves one connection.
    private final class Service: @unchecked Sendable {
        private let listener: Int32
        private let behaviour: Behaviour
        private let hasFinished = DispatchSemaphore(value: 0)
        /// Read by others only once it has finished.
        private(set) var request = ""

        init(_ listener: Int32, _ behaviour: Behaviour) {
            self.listener = listener
            self.behaviour = behaviour
        }

        func wait() {
            hasFinished.wait()
            hasFinished.signal()
        }

        func run() {
            defer { hasFinished.signal() }
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { return }
            defer { close(connection) }
            SocketExchange.preventSIGPIPE(connection)
            switch behaviour {
            case .ignore, .absent, .hangUp: return
            case .answer(let text):
                readRequest(connection)
                send(text, connection)
            case .answerAndStay(let text):
                readRequest(connection)
                send(text, connection)
                readRequest(connection)
            case .babble:
                readRequest(connection)
                let spaces = "HTTP/1.0 200 OK\r\n\r\n" + String(repeating: " ", count: 1 << 20)
                while send(spaces, connection) {}
            }
        }

        /// Up to the blank line, or the end.
        private func readRequest(_ connection: Int32) {
            var byte: UInt8 = 0
            var bytes: [UInt8] = []
            while !bytes.suffix(4).elementsEqual("\r\n\r\n".utf8), recv(connection, &byte, 1, 0) == 1 {
                bytes.append(byte)
            }
            request += String(decoding: bytes, as: UTF8.self)
        }

        @discardableResult
        private func send(_ text: String, _ connection: Int32) -> Bool {
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { SocketExchange.portableSend(connection, $0.baseAddress, $0.count) }
                guard count > 0 else { return false }
                rest = rest.dropFirst(count)
            }
            return true
        }
    }
}
