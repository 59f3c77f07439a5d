import Foundation
import PortrunBase

/// A connection to a server, on which a test sends what it likes.
final class HTTPConnection {
    private let descriptor: Int32
    private var received: [UInt8] = []

    /// What a server has answered.
    struct Reply {
        let status: Int
        /// By their names in lower case.
        let fields: [String: String]
        let body: String

        /// The JSON document in the body.
        var json: JSONValue { JSONParser.value(of: Array(body.utf8)[...]) ?? .null }
    }

    init(path: String) throws {
        descriptor = socket(AF_UNIX, SocketExchange.streamType, 0)
        let code = RawAddress.unix(path) { connect(descriptor, $0, $1) }
        guard code == 0 else { throw HarnessError.system(call: "connect", code: errno) }
    }

    init(_ address: LoopbackAddress) throws {
        descriptor = socket(address.isIPv6 ? AF_INET6 : AF_INET, SocketExchange.streamType, 0)
        guard RawAddress.loopback(address, { connect(descriptor, $0, $1) }) == 0 else {
            throw HarnessError.system(call: "connect", code: errno)
        }
    }

    deinit { close(descriptor) }

    func send(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { SocketExchange.portableSend(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Sends a request and waits for the answer.
    func ask(
        _ method: String = "GET", _ path: String, host: String? = "localhost", _ fields: [String: String] = [:],
        body: String? = nil
    ) throws -> Reply {
        var head = "\(method) \(path) HTTP/1.1\r\n"
        if let host { head += "Host: \(host)\r\n" }
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        if let body { head += "Content-Length: \(body.utf8.count)\r\n" }
        send(head + "\r\n" + (body ?? ""))
        return try reply(isHead: method == "HEAD")
    }

    /// The next answer.
    func reply(isHead: Bool = false) throws -> Reply {
        let head = try read(through: "\r\n\r\n")
        let lines = head.components(separatedBy: "\r\n").filter { !$0.isEmpty }
        guard let status = lines.first.flatMap({ Int($0.split(separator: " ")[1]) }) else {
            throw HarnessError.missed("a status", output: head, errors: "")
        }
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            fields[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
        }
        let length = isHead ? 0 : fields["content-length"].flatMap { Int($0) } ?? 0
        try wait(for: "\(length) bytes") { received.count >= length }
        let body = String(decoding: received.prefix(length), as: UTF8.self)
        received.removeFirst(length)
        return Reply(status: status, fields: fields, body: body)
    }

    /// All up to and with the next `text`.
    func read(through text: String) throws -> String {
        let wanted = Array(text.utf8)
        var end: Int?
        try wait(for: text) {
            end = received.indices.first { received[$0...].starts(with: wanted) }.map { $0 + wanted.count }
            return end != nil
        }
        let result = String(decoding: received.prefix(end ?? 0), as: UTF8.self)
        received.removeFirst(end ?? 0)
        return result
    }

    /// Waits until the server has closed its end; what it sends until then is left.
    func waitForEnd() throws {
        while try receive() {}
    }

    private func wait(for what: String, until condition: () -> Bool) throws {
        // A stream that has nothing to say sends a sign of life, which is not waited for.
        let deadline = Deadline(.seconds(60))
        while !condition() {
            guard try !deadline.hasPassed && receive() else {
                throw HarnessError.missed(
                    what, output: String(decoding: received, as: UTF8.self), errors: "closed, or late")
            }
        }
    }

    /// - Returns: false at the end.
    private func receive() throws -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&entry, 1, 60000) > 0 else {
            throw HarnessError.missed("an answer", output: String(decoding: received, as: UTF8.self), errors: "")
        }
        var chunk = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &chunk, chunk.count, 0)
        guard count > 0 else { return false }
        received += chunk[..<count]
        return true
    }
}
