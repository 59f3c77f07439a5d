/// The container engines of this machine: Docker, and what speaks its API, such as podman.
///
/// None is ever needed: where nobody answers, nothing is known, and that is no error.
package struct ContainerEngine: Sendable {
    /// The unix sockets to ask, in their order.
    let sockets: [String]
    /// The time that all engines together may take.
    let patience: Duration

    /// An answer with more bytes is not read: some ten thousand containers fit.
    static let answerLimit = 16 << 20

    package init(sockets: [String], patience: Duration = .milliseconds(300)) {
        self.sockets = sockets
        self.patience = patience
    }

    /// The engines that `environment` and the settings below `home` name.
    package init(environment: Environment, home: String?, patience: Duration = .milliseconds(300)) {
        self.init(sockets: EngineSocket.paths(environment: environment, home: home), patience: patience)
    }

    /// The containers that run now, paused and restarting ones too.
    ///
    /// Without a filter the engine lists whatever is not stopped.
    package func runningContainers() -> [Container] {
        lists(at: "/containers/json").flatMap { $0.elements ?? [] }.compactMap { Container($0) }
    }

    /// What each engine that answers has at `path`.
    func lists(at path: String) -> [JSONValue] {
        let deadline = Deadline(after: patience)
        return sockets.compactMap { socket in
            SocketExchange.answer(
                to: Self.request(for: path), at: socket, until: deadline, limit: Self.answerLimit
            ).flatMap(Self.document)
        }
    }

    /// HTTP 1.0, so that the body comes in one piece and ends with the connection (RFC 9112, sections 6.1 and 9.3), and
    /// no version in the path, so that the engine takes its own.
    private static func request(for path: String) -> [UInt8] {
        Array("GET \(path) HTTP/1.0\r\nHost: localhost\r\n\r\n".utf8)
    }

    /// The document in an HTTP answer; nil unless it is the success that was asked for.
    static func document(in answer: [UInt8]) -> JSONValue? {
        let end = Array("\r\n\r\n".utf8)
        let isSuccess = answer.starts(with: "HTTP/1.".utf8) && answer.dropFirst(8).starts(with: " 200 ".utf8)
        guard isSuccess,
            let head = answer.indices.dropLast(end.count - 1).first(where: { answer[$0...].starts(with: end) })
        else { return nil }
        return JSONParser.value(of: answer[(head + end.count)...])
    }
}
