import PortrunBase

/// A second port that a command opens, for a debugger or a page's live reload, and how it can be told another.
package struct DebugPort: Sendable, Equatable {
    /// The port that it has by itself.
    let port: Port
    package let telling: Telling
    /// What it is booked as: a port of node's and one of python's are two services, which different commands open.
    var service = "debug"

    /// The name for a port that `program` opens.
    static func service(of program: String) -> String {
        switch program {
        case "debugpy": "debugpy"
        case "dlv": "delve"
        case "java": "jdwp"
        case "wrangler": "inspector"
        case "parcel", "jekyll": "livereload"
        default: "debug"
        }
    }

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
