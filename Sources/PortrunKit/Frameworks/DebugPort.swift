import PortrunBase

/// A second port that a command opens, for a debugger or a page's live reload, and how it can be told another.
package struct DebugPort: Sendable, Equatable {
    /// The port that it has by itself.
    let port: Port
    package let telling: Telling

    package enum Telling: Sendable, Equatable {
        /// Its number stands in a word of the command.
        case number(word: Int)
        /// The flag at the end of a word of the command has no number yet.
        case flag(word: Int)
        /// Its number stands in the line of a Procfile's process.
        case line(process: Int)
        /// Node's own default, which a variable changes without opening anything.
        case nodeOptions
        /// No way.
        case fixed
    }

    /// True for programs that nothing else is known of.
    static func isOpened(by name: String) -> Bool { name == "dlv" || name == "java" }

    /// Node's default.
    private static let inspector = Port(9229)!

    /// The flags of a program by which it is told the port, with the port as `[host:]port`.
    private static func flags(of program: String) -> [String] {
        switch program {
        case "debugpy", "dlv": ["--listen", "-l"]
        case "wrangler": ["--inspector-port"]
        case "parcel": ["--hmr-port"]
        case "jekyll": ["--livereload-port"]
        default: []
        }
    }

    /// The ports in the command line of `program`, with the places of the words that have them.
    static func all(
        of program: String, _ arguments: ArraySlice<ScriptWord>
    ) -> [(port: Port, word: Int, hasNumber: Bool)] {
        var found: [(port: Port, word: Int, hasNumber: Bool)] = []
        let flags = flags(of: program)
        let inspects = inspecting.contains(program)
        var mayBeFlag = true
        for index in arguments.indices {
            let word = arguments[index]
            if word.text == "--" { break }
            // What stands behind the script is the script's.
            if program == "node", !word.text.hasPrefix("-") { mayBeFlag = false }
            let (name, value) = word.text.parts(at: "=")
            if word.text.contains("jdwp"), !word.text.contains("server=n"), let port = jdwp(word.text) {
                found.append((port, index, true))
            } else if inspects, mayBeFlag, ["--inspect", "--inspect-brk", "--inspect-wait"].contains(name) {
                if let value {
                    if let port = port(value) { found.append((port, index, true)) }
                } else if word.isLiteral {
                    found.append((inspector, index, false))
                }
            } else if inspects, mayBeFlag, name == "--inspect-port" || flags.contains(name) {
                if let value, let port = port(value) { found.append((port, index, true)) }
            } else if flags.contains(name) {
                if let value {
                    if let port = port(value) { found.append((port, index, true)) }
                } else if index + 1 < arguments.endIndex, let port = port(arguments[index + 1].text) {
                    found.append((port, index + 1, true))
                }
            }
        }
        return found
    }

    private static let inspecting = ["node", "nodemon", "tsx", "ts-node", "next"]

    private static func port(_ value: String) -> Port? {
        Framework.port(in: value).flatMap { $0.number == 0 ? nil : $0 }
    }

    /// `-agentlib:jdwp=transport=dt_socket,server=y,address=*:5005`
    private static func jdwp(_ word: String) -> Port? {
        for part in word.split(separator: ",") {
            if let range = part.rest(after: "address=") { return port(String(range.prefix { $0 != " " })) }
        }
        return nil
    }
}

extension CommandReader {
    /// Notes the second ports of one command.
    mutating func addDebugPorts(of program: String, _ arguments: ArraySlice<ScriptWord>, by way: Way) {
        var (name, arguments) = (program, arguments)
        if let module = arguments.firstIndex(where: { $0.text == "-m" }), program.hasPrefix("py"),
            module + 1 < arguments.endIndex
        {
            name = arguments[module + 1].text
            arguments = arguments[(module + 2)...].prefix { $0.text != "-m" }
        }
        for (port, word, hasNumber) in DebugPort.all(of: name, arguments) where look.spend(1, of: .servers, in: source)
        {
            let telling: DebugPort.Telling
            switch way {
            case .typed: telling = hasNumber ? .number(word: word) : .flag(word: word)
            case .inserted(let text, _, _) where hasNumber: telling = .number(word: text)
            case .line where hasNumber && process != nil: telling = .line(process: process!.index)
            case .appended, .inserted, .line, .closed: telling = hasNumber ? .fixed : .nodeOptions
            }
            debugPorts.append(DebugPort(port: port, telling: telling))
        }
    }
}

extension FrameworkCalls {
    /// What to book for the second ports.
    package var debuggers: [BookingPlan.Server] {
        debugPorts.enumerated().map { index, debug in
            // Valid names.
            let name = ServiceName("debug")!
            return BookingPlan.Server(
                service: index == 0 ? name : name.appending(index + 1), port: debug.port, kind: .debug)
        }
    }

    /// `arguments` with other numbers for the second ports.
    ///
    /// - Parameter ports: one for each; nil for one that stays.
    func toldDebuggers(_ arguments: [[UInt8]], _ ports: [Port?]) -> [[UInt8]] {
        var told = arguments
        for (debug, port) in zip(debugPorts, ports) {
            guard let port else { continue }
            switch debug.telling {
            case .number(let word) where word < told.count:
                told[word] = LineEdits.replaced(debug.port, port, in: told[word])
            case .flag(let word) where word < told.count: told[word] += Array("=\(port)".utf8)
            case .number, .flag, .line, .nodeOptions, .fixed: break
            }
        }
        return told
    }

    /// Node's options, behind those that the user has there, where they tell a second port.
    func debugSettings(_ ports: [Port?], _ environment: Environment) -> [(name: String, value: String)] {
        for (debug, port) in zip(debugPorts, ports) where debug.telling == .nodeOptions {
            guard let port else { continue }
            let own = environment[NodePreload.variable].map { $0.isEmpty ? "" : $0 + " " } ?? ""
            return [(NodePreload.variable, "\(own)--inspect-port=\(port)")]
        }
        return []
    }
}
