/// The ports that a shell command line says somebody binds.
///
/// Found are the values of what is called a port (`--port 3000`, `--http-port=3000`, `-Dserver.port=3000`, `PORT=3000`),
/// those of `-p` (`-p 3000`, of Docker's `-p 8080:80` the first), and addresses of this machine (`0.0.0.0:8000`).
/// `${PORT:-3000}` is 3000. What is below 1024 is none: nobody binds it by a plain command.
struct CommandLinePorts {
    /// In order, with the variable that is set to it.
    private(set) var found: [(port: Port, variable: String?)] = []

    init(_ line: some StringProtocol) {
        let words = String(line).split { $0.isWhitespace || ";&|()\"'`,".contains($0) }.map(String.init)
        for (index, word) in words.enumerated() {
            let next = index + 1 < words.count ? words[index + 1] : ""
            if let separator = word.firstIndex(of: "=") {
                let name = String(word[..<separator])
                let value = String(word[word.index(after: separator)...])
                if Self.isCalledPort(name), let port = Self.port(value) {
                    add(port, variable: name.hasPrefix("-") ? nil : name)
                    continue
                }
                if name == "-p", let port = Self.published(value) {
                    add(port)
                    continue
                }
            } else if word.hasPrefix("--"), Self.isCalledPort(word), let port = Self.port(next) {
                add(port)
                continue
            } else if word == "-p", let port = Self.published(next) {
                add(port)
                continue
            } else if word.hasPrefix("-p"), let port = Port(word.dropFirst(2)) {
                add(port)
                continue
            }
            if let address = LocalAddress.all(in: word).first { add(address.port) }
        }
    }

    private mutating func add(_ port: Port, variable: String? = nil) {
        if !port.isPrivileged, !found.contains(where: { $0.port == port }) { found.append((port, variable)) }
    }

    /// True for `port`, `--port`, `HTTP_PORT` and `server.port`, not for `support` or `import`.
    private static func isCalledPort(_ name: String) -> Bool {
        let ending = "port"
        guard name.lowercased().hasSuffix(ending) else { return false }
        let front = name.dropLast(ending.count)
        // httpPort, too.
        return front.last.map { !$0.isLetter } ?? true || (name.hasSuffix("Port") && front.last?.isLowercase == true)
    }

    private static func port(_ value: String) -> Port? {
        if let port = Port(value) { return port }
        guard value.hasPrefix("${"), value.hasSuffix("}"), let dash = value.firstIndex(of: "-") else { return nil }
        return Port(value[dash...].dropFirst().dropLast())
    }

    /// The host's port of Docker's `[address:]host:container`, or the number alone.
    private static func published(_ value: String) -> Port? {
        let parts = value.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        return port(parts.count > 1 ? parts[parts.count - 2] : value)
    }
}
