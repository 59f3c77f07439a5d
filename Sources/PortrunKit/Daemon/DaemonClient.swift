import PortrunBase

/// Asks the daemon over its unix socket; knows nothing of how it is made.
package struct DaemonClient: Sendable {
    private let socket: String

    private static let answerLimit = 64 << 20

    package init(_ place: DaemonPlace) { socket = place.socket }

    /// What it gives for a path: the status and the document; nil when nobody answers in time.
    package func get(_ path: String, within patience: Duration = .seconds(12)) -> (status: Int, body: JSONValue)? {
        answer(to: "GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", within: patience)
    }

    /// What it gives for a document that is sent to a path; likewise.
    package func post(
        _ path: String, _ body: JSONValue, within patience: Duration = .seconds(12)
    ) -> (status: Int, body: JSONValue)? {
        let text = body.line
        return answer(
            to: "POST \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(text.utf8.count)\r\n\r\n\(text)", within: patience)
    }

    private func answer(to request: String, within patience: Duration) -> (status: Int, body: JSONValue)? {
        let answer = SocketExchange.answer(
            to: Array(request.utf8), at: socket, until: Deadline(after: patience), limit: Self.answerLimit)
        guard let answer else { return nil }
        let end = Array("\r\n\r\n".utf8)
        guard answer.starts(with: "HTTP/1.1 ".utf8),
            let status = Int(String(decoding: answer.dropFirst(9).prefix(3), as: UTF8.self)),
            let head = answer.indices.dropLast(end.count - 1).first(where: { answer[$0...].starts(with: end) }),
            let body = JSONParser.value(of: answer[(head + end.count)...])
        else { return nil }
        return (status, body)
    }

    /// The daemon that listens; nil when there is none.
    package func daemon(within patience: Duration = .seconds(12)) -> RunningDaemon? {
        guard let (status, body) = get("/api/v1/daemon", within: patience), status == 200 else { return nil }
        return RunningDaemon(body)
    }
}

/// A daemon that has answered.
package struct RunningDaemon: Sendable {
    /// The whole answer.
    package let json: JSONValue
    package let pid: Int32
    package let version: String
    package let registry: String
    /// Seconds since 1970 as RFC 3339 has them.
    package let started: String
    /// The names of the doors with their addresses; the unix socket comes first.
    package let doors: [(name: String, address: String)]

    init?(_ json: JSONValue) {
        guard let pid = json["pid"]?.integer.flatMap(Int32.init(exactly:)), pid > 0,
            let version = json["version"]?.string, let registry = json["registry"]?.string,
            let started = json["started"]?.string, let doors = json["doors"]?.elements
        else { return nil }
        self.json = json
        self.pid = pid
        self.version = version
        self.registry = registry
        self.started = started
        self.doors = doors.compactMap { door in
            guard let name = door["name"]?.string, let address = door["address"]?.string else { return nil }
            return (name, address)
        }
    }
}
