import PortrunBase

/// A server program that has its own way of being told a port.
///
/// A row of `FrameworkTable`.
package struct Framework: Sendable {
    /// The name of its service where no folder names that.
    package let name: String
    /// The program's names, without folder; the module's behind `python -m`.
    let programs: [String]
    /// Which of the program's commands is the server.
    let command: Command
    var injection: Injection
    /// The other flags by which a user gives the port: `-p 80`, `-p80`, `--port=80`.
    let spellings: [String]
    /// Flags whose presence means that the server listens on no port of its own choice.
    var refusals: [String] = []
    /// Flags that take a value, where the port is a word of its own and values must not be taken for it.
    var valuedFlags: [String] = []
    /// The port that the program listens on by default.
    let port: Port?
    /// It obeys `PORT` unless a flag says otherwise.
    package var readsPort = false
    /// It takes the second of two ports on one command line.
    var lastWins = false
    /// It runs in node, where a preload can reach it.
    var isNode = false
    /// The variable that tells it its port where no word on the command line does; a flag beats it.
    var environment: OwnVariable?
    /// It stops reading flags at the first word that is none.
    var needsFlagsFirst = false
    /// Its own configuration files, where they can give its port.
    var configuration: ConfiguredPort.Source?
    /// Where the facts are from.
    let source: String

    /// Which words behind the program's name make it a server.
    enum Command: Sendable {
        /// The first word that is no flag is one of these.
        case words([String])
        /// It is none of these, or there is none.
        case allBut([String])
        /// One of these flags is there.
        case flags([String])
    }

    /// How the program is told its port.
    enum Injection: Sendable {
        /// `--port 80`
        case flag(String)
        /// `--port=80`
        case joined(String)
        /// `--bind 127.0.0.1:80`
        case address(String)
        /// `--bind 0.0.0.0:80`, with the address of a configuration file.
        case after(flag: String, address: String)
        /// `--urls http://localhost:80`, behind a `--` that ends the runner's own flags.
        case url(String)
        /// `80`
        case positional
        /// A variable of the environment; nil for that of the primary alone.
        case variable(String?)
    }

    /// A variable of a framework's own.
    enum OwnVariable: Sendable, Equatable {
        /// It holds the port.
        case port(String)
        /// It holds words as on its command line.
        case arguments(String)

        var name: String {
            switch self {
            case .port(let name), .arguments(let name): name
            }
        }
    }

    /// The words that tell the port; empty where a variable does.
    func words(for port: Port) -> [String] {
        switch injection {
        case .flag(let flag): [flag, port.description]
        case .joined(let flag): ["\(flag)=\(port)"]
        case .address(let flag): [flag, "127.0.0.1:\(port)"]
        case .after(let flag, let address): [flag, "\(address)\(port)"]
        case .url(let flag): [flag, "http://localhost:\(port)"]
        case .positional: [port.description]
        case .variable: []
        }
    }
}

extension Framework: Equatable {
    package static func == (left: Self, right: Self) -> Bool {
        left.name == right.name && left.programs == right.programs
    }
}
