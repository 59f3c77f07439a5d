import PortrunBase

/// Whether a command has a port of its own, which a launch books and tells it.
///
/// A command that nobody knows as a server is left alone where it can have any port it likes, and so are several
/// servers, which one `PORT` would send to one number.
enum OwnPort: Sendable, Equatable {
    /// The user says so: by an option, a placeholder, or a word that names the variable.
    case asked
    /// The command is one server that portrun knows.
    case server
    /// It may be a server.
    case unknown
    /// It is a script of the shell: its servers have the ports that they had, each of which moves by itself for a guest.
    /// Where nothing moves them, the variable is all that can be told them.
    case script
    /// It starts others that cannot be told apart by one variable, or is known for something else.
    case none

    /// - Parameters:
    ///   - words: the command; none for a shell.
    ///   - calls: the servers that are known to be in it.
    init(_ words: [String], _ wishes: BookingPlan.Wishes, _ calls: FrameworkCalls, hasPlaceholder: Bool) {
        if hasPlaceholder || wishes.isOwnPortNamed || words.contains(where: { Self.names(wishes.variable, in: $0) }) {
            self = .asked
        } else if calls.isParallel || calls.calls.count > 1 || words.first.map(Self.startsOthers) == true
            || (calls.calls.isEmpty && ProgramCall.bindsNothing(words.map { ScriptWord(text: $0) }))
        {
            self = .none
        } else if calls.calls.isEmpty {
            self = calls.isShellFile || Self.isShellScript(words) ? .script : .unknown
        } else {
            // `go run` and its kin may run anything.
            self = calls.calls[0].hasPort ? .server : .unknown
        }
    }

    /// `./run.sh`, `sh run.sh`
    private static func isShellScript(_ words: [String]) -> Bool {
        guard let program = words.first else { return false }
        if program.hasSuffix(".sh") { return true }
        switch Path.lastName(program) {
        case "sh", "bash", "dash", "zsh", "ksh", "fish":
            guard let first = words.dropFirst().first(where: { !$0.hasPrefix("-") }) else { return false }
            return !words.contains("-c") && (first.contains(".") || first.contains("/"))
        default: return false
        }
    }

    /// Whether a launch books the port.
    ///
    /// In a checkout that is alone, what may be no server has what it would have by itself. A guest could not have that;
    /// but a shell there may not have a variable that is for containers.
    /// - Parameters:
    ///   - wish: what the user's environment or env file gives the variable.
    ///   - isForShell: no command is known.
    ///   - isInContainers: the compose files read the variable, so that a shell may not have it.
    ///   - movesByItself: whatever the command binds is led to a port of the checkout's own.
    func isBooked(
        wish: Port?, isForShell: Bool, isGuest: Bool, isInContainers: Bool, movesByItself: Bool = false
    ) -> Bool {
        switch self {
        case .asked, .server: true
        case .script: wish != nil || (isGuest && !movesByItself)
        case .unknown: wish != nil || (isGuest && !(isForShell && isInContainers))
        case .none: false
        }
    }

    /// Nobody knows whether the command listens: it may be a client that asks a server of the checkout by the same number.
    var mayBeOfClient: Bool {
        switch self {
        case .unknown, .script: true
        case .asked, .server, .none: false
        }
    }

    /// `$PORT`, `${PORT:-3000}`, and `PORT` alone as for printenv(1).
    static func names(_ variable: String, in word: String) -> Bool {
        if word == variable { return true }
        guard word.utf8.contains(UInt8(ascii: "$")) else { return false }
        let (bytes, name) = (Array(word.utf8), Array(variable.utf8))
        var index = 0
        while index < bytes.count {
            defer { index += 1 }
            guard bytes[index] == UInt8(ascii: "$") else { continue }
            var start = index + 1
            if start < bytes.count, bytes[start] == UInt8(ascii: "{") { start += 1 }
            let rest = bytes[start...]
            guard rest.starts(with: name) else { continue }
            let next = rest.dropFirst(name.count).first
            if next.map({ !Environment.isPart($0) }) ?? true { return true }
        }
        return false
    }

    /// True for a word that may name a variable.
    static func namesAny(_ word: String) -> Bool {
        word.utf8.contains(UInt8(ascii: "$")) || Environment.isIdentifier(word)
    }

    /// Runners of other commands that portrun does not read: what they start has ports of its own.
    static func startsOthers(_ program: String) -> Bool {
        switch Path.lastName(program) {
        case "make", "gmake", "just", "task", "mage", "rake", "foreman", "honcho", "overmind", "hivemind", "goreman",
            "forego", "process-compose", "mprocs", "docker", "podman", "nerdctl", "docker-compose", "podman-compose",
            "tilt", "skaffold", "garden", "vagrant", "lerna", "nx", "rush", "tmux", "screen", "tmuxinator",
            "supervisord", "pm2", "watchman", "entr":
            true
        default: false
        }
    }
}

extension BookingPlan.Wishes {
    /// The user says which port the command is to have, or that it is to listen.
    var demandsOwnPort: Bool { asksForOwnPort || listens != nil || demands.contains { $0.service == nil } }

    /// The user names the command's own port in one way or another.
    fileprivate var isOwnPortNamed: Bool {
        asksForOwnPort || service != nil || variable != "PORT" || listens != nil
            || demands.contains { $0.service == nil }
    }
}
