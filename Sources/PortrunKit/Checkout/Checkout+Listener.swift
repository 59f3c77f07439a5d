import PortrunBase

extension Checkout {
    /// Who listens on a port, in words, where that has to do with this repository or is a container; nil for anybody else.
    ///
    /// An engine is asked for its containers, which may take a moment: not while the registry is locked.
    func knownListener(on port: Port) -> String? {
        let sockets = TransportProtocol.allCases.flatMap { BoundSocket.all(on: port, $0) ?? [] }
        guard let process = ListeningProcess.holders(of: sockets).lazy.compactMap({ $0 }).first else { return nil }
        let program = "`\(TerminalText.onOneLine(process.name))`"
        if process.isContainerEngine {
            let container = runningContainers().first { $0.published.contains { $0.port == port } }
            return container.map { "container `\(TerminalText.onOneLine($0.name))`" }
        }
        if isOwn(process) { return "\(program) of this checkout (pid \(process.pid))" }
        return ServersBeside.holders(of: sockets, in: self).first.map {
            "\(program) of the checkout in \(TerminalText.onOneLine($0.folder)) (pid \($0.process.pid))"
        }
    }
}
