import PortrunBase

/// The ports that a shell command line says its programs bind.
///
/// Found are what a known server is told (`manage.py runserver 8000`), the values of what is called a port
/// (`--port 3000`, `-Dserver.port=3000`, `PORT=3000`) or an address to listen on (`--listen :3000`), those of `-p`,
/// node's `--inspect=9229`, what Docker publishes, and addresses of this machine (`0.0.0.0:8000`). `${PORT:-3000}` is
/// 3000. What is below 1024 is none: nobody binds it by a plain command. Nor is anything that stands behind a program
/// that binds no port, or beside the host of another machine.
struct CommandLinePorts {
    struct Found {
        let port: Port
        /// nil where nothing but the command itself gives it a name.
        let service: ServiceName?
    }

    /// The ports in the order of the command line, each once.
    private(set) var found: [Found] = []
    private var depth = 0

    /// Lines within lines: no shell is called through more.
    private static let depthLimit = 8
    /// No command binds more.
    private static let foundLimit = 64

    init(_ line: String) { read(line) }

    /// What reading a line takes of a look's commands: one of many KiB is as much work as many of the usual length.
    static func cost(of line: String) -> Int { 1 + line.utf8.count / 1024 }

    private mutating func read(_ line: String) {
        guard depth < Self.depthLimit else { return }
        depth += 1
        defer { depth -= 1 }
        for command in ShellScript(line).commands {
            let call = ProgramCall(command)
            if call.bindsNothing { continue }
            if call.isContainerEngine {
                readPublished(call.arguments)
                continue
            }
            if let (framework, size) = FrameworkTable.find(call.program, call.arguments) {
                add(framework.given(in: call.arguments.dropFirst(size))?.port)
            }
            for (index, word) in command.enumerated() {
                // A line for another shell, such as those of `concurrently`.
                if word.text.contains(where: \.isWhitespace), command.count > 1 {
                    read(word.text)
                } else {
                    read(word.text, before: index + 1 < command.count ? command[index + 1].text : "")
                }
            }
        }
    }

    private mutating func read(_ word: String, before next: String) {
        guard let separator = word.firstIndex(of: "=") else {
            if word.hasPrefix("-") {
                if Self.isCalledPort(word) { return add(Self.port(next)) }
                // The engine may be a variable's value: `$(DOCKER) run -p 8080:80`.
                if word == "-p" || word == "--publish" { return add(Self.port(next) ?? Self.published(next)) }
                if Self.isListening(word) { return add(Framework.port(in: next)) }
                if let value = word.rest(after: "-p") { return add(Port(value)) }
            }
            for address in LocalAddress.all(in: word) { add(address.port) }
            return
        }
        let name = String(word[..<separator])
        let value = String(word.unicodeScalars[separator...].dropFirst())
        if name.hasPrefix("--inspect") {
            add(Framework.port(in: value), as: ServiceName("debug"))
        } else if Self.isCalledPort(name) || name == "-p" {
            add(Self.port(value), as: name.hasPrefix("-") ? nil : ServiceName(variable: name))
        } else if Self.isListening(name) {
            add(Framework.port(in: value))
        } else {
            // A URL may have an equals sign, too.
            let service = Environment.isIdentifier(name) ? ServiceName(variable: name, address: value) : nil
            for address in LocalAddress.all(in: word) { add(address.port, as: service) }
            // NODE_OPTIONS
            if value.hasPrefix("--") { read(value) }
        }
    }

    private mutating func readPublished(_ arguments: ArraySlice<ScriptWord>) {
        for (word, next) in zip(arguments, arguments.dropFirst() + [ScriptWord(text: "")]) {
            let parts = word.text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.first == "-p" || parts.first == "--publish" else { continue }
            add(Self.published(parts.count > 1 ? parts[1] : next.text))
        }
    }

    /// The host's port of Docker's `-p [address:]host:container`; nil for a container's alone, for which Docker chooses
    /// one, and for ranges.
    private static func published(_ value: String) -> Port? {
        guard let colon = value.lastIndex(of: ":"), !value.hasSuffix("/udp") else { return nil }
        let host = value[..<colon]
        return host.last == "}" || !host.contains("-") ? Framework.port(in: String(host)) : nil
    }

    private mutating func add(_ port: Port?, as service: ServiceName? = nil) {
        guard let port, !port.isPrivileged, found.count < Self.foundLimit,
            !found.contains(where: { $0.port == port })
        else { return }
        found.append(Found(port: port, service: service))
    }

    /// True for `port`, `--port`, `HTTP_PORT` and `server.port`, not for `support` or `import`.
    private static func isCalledPort(_ name: String) -> Bool {
        let ending = "port"
        guard name.lowercased().hasSuffix(ending) else { return false }
        let front = name.dropLast(ending.count)
        // httpPort, too.
        return front.last.map { !$0.isLetter } ?? true || (name.hasSuffix("Port") && front.last?.isLowercase == true)
    }

    /// True for flags whose value is `[address:]port` of the program itself.
    private static func isListening(_ name: String) -> Bool {
        ["listen", "bind", "addr"].contains(name.drop { $0 == "-" }) && name.hasPrefix("-")
    }

    private static func port(_ value: String) -> Port? {
        Port(value) ?? (value.hasPrefix("${") ? Framework.port(in: value) : nil)
    }
}
