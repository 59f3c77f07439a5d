import PortrunBase

/// Whether a script's text has a call that listens: only then a number behind it is a port of its own, for a client has
/// such flags as well.
///
/// Names alone say nothing: there is «serve» in «observe», and in the comments of clients.
struct ServerEvidence {
    private let bytes: [UInt8]
    /// `#` begins a comment, not `//`.
    private let hasHashComments: Bool
    private var position = 0

    private init(_ bytes: [UInt8], _ path: String) {
        self.bytes = bytes
        hasHashComments = path.hasSuffix(".py") || path.hasSuffix(".rb")
    }

    static func isThere(in bytes: [UInt8], of path: String) -> Bool {
        var reader = ServerEvidence(bytes, path)
        return reader.find()
    }

    private mutating func find() -> Bool {
        var receiver = ""
        while position < bytes.count {
            if skipComment() { continue }
            guard Environment.isPart(bytes[position]) else {
                if bytes[position] != UInt8(ascii: ".") { receiver = "" }
                position += 1
                continue
            }
            let start = position
            while position < bytes.count, Environment.isPart(bytes[position]) { position += 1 }
            let name = String(decoding: bytes[start..<position].prefix(64), as: UTF8.self)
            if isCalled, Self.listens(name, of: receiver) { return true }
            receiver = name
        }
        return false
    }

    /// What is read next opens the arguments of a call: `listen(`, `run!(`.
    private var isCalled: Bool {
        var next = position
        while next < bytes.count, bytes[next] == UInt8(ascii: " ") { next += 1 }
        return next < bytes.count && bytes[next] == UInt8(ascii: "(")
    }

    private mutating func skipComment() -> Bool {
        let first = bytes[position]
        if hasHashComments {
            guard first == UInt8(ascii: "#"), position == 0 || bytes[position - 1] <= UInt8(ascii: " ") else {
                return false
            }
            skipLine()
            return true
        }
        guard first == UInt8(ascii: "/"), position + 1 < bytes.count else { return false }
        switch bytes[position + 1] {
        case UInt8(ascii: "/"):
            // In a URL it is none.
            guard position == 0 || bytes[position - 1] != UInt8(ascii: ":") else { return false }
            skipLine()
        case UInt8(ascii: "*"):
            position += 2
            while position < bytes.count, !bytes[position...].starts(with: "*/".utf8) { position += 1 }
        default: return false
        }
        return true
    }

    private mutating func skipLine() {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    }

    /// - Parameter receiver: the name before the dot; empty for none.
    private static func listens(_ name: String, of receiver: String) -> Bool {
        if calls.contains(name) { return true }
        // A class such as `HTTPServer`; `getServer` asks for one.
        if name.hasSuffix("Server"), name.utf8.first.map({ (65...90).contains($0) }) == true { return true }
        switch name {
        case "run":
            return ["app", "application", "uvicorn", "hypercorn", "socketio", "bottle", "web"].contains(receiver)
        case "new": return receiver.hasSuffix("Server")
        case "server": return !receiver.isEmpty
        default: return false
        }
    }

    private static let calls = [
        "listen", "serve", "serve_forever", "serveForever", "listenAndServe", "createServer", "createSecureServer",
        "create_server", "start_server", "startServer", "make_server", "run_app", "run_server", "run_simple",
    ]
}
