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
    package init(environment: Environment, home: String?) {
        self.init(sockets: EngineSocket.paths(environment: environment, home: home))
    }

    /// The containers that run now, paused and restarting ones too.
    package func runningContainers() -> [Container] {
        let deadline = Deadline(after: patience)
        var containers: [Container] = []
        for socket in sockets {
            let answer = SocketExchange.answer(
                to: Self.request, at: socket, until: deadline, limit: Self.answerLimit)
            containers += answer.flatMap(Self.containers) ?? []
        }
        return containers
    }

    /// Without a filter the engine lists whatever is not stopped.
    ///
    /// HTTP 1.0, so that the body comes in one piece and ends with the connection (RFC 9112, sections 6.1 and 9.3), and
    /// no version in the path, so that the engine takes its own.
    private static let request = Array(
        """
        GET /containers/json HTTP/1.0\r
        Host: localhost\r
        \r

        """.utf8)

    /// The containers in an HTTP answer; nil unless it is the success that was asked for.
    static func containers(in answer: [UInt8]) -> [Container]? {
        let end = Array("\r\n\r\n".utf8)
        let isSuccess = answer.starts(with: "HTTP/1.".utf8) && answer.dropFirst(8).starts(with: " 200 ".utf8)
        guard isSuccess,
            let head = answer.indices.dropLast(end.count - 1).first(where: { answer[$0...].starts(with: end) }),
            let list = JSONParser.value(of: answer[(head + end.count)...])?.elements
        else { return nil }
        return list.compactMap { Container($0) }
    }
}
