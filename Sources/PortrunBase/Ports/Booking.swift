/// A durable claim of one service of a context on one port.
package struct Booking: Sendable, Equatable {
    /// The registry's number of it.
    package let id: Int64
    package let service: ServiceName
    /// The first one.
    package let port: Port
    /// How many consecutive ports, at least 1.
    package let count: Int
    package let transport: TransportProtocol
    /// The port inside the container, where there is one.
    package let target: Port?
    /// The variable that the project's files read the port from.
    package let variable: String?
    package let source: Source
    /// The first one that the project's files declare, else the one that was wished for; nil where there is none.
    package let declared: Port?
    /// The project's files say that linked worktrees use this one instead of their own.
    package let isLent: Bool
    /// Dropped when its last lease ends.
    package let isEphemeral: Bool
    /// Seconds since 1970.
    package let lastUsed: Int64

    package init(
        id: Int64, service: ServiceName, port: Port, transport: TransportProtocol, target: Port?, variable: String?,
        source: Source, isEphemeral: Bool, lastUsed: Int64, count: Int = 1, declared: Port? = nil,
        isLent: Bool = false
    ) {
        self.id = id
        self.service = service
        self.port = port
        self.count = count
        self.transport = transport
        self.target = target
        self.variable = variable
        self.source = source
        self.declared = declared
        self.isLent = isLent
        self.isEphemeral = isEphemeral
        self.lastUsed = lastUsed
    }

    /// All of them.
    package var ports: PortRange { PortRange(port, count: count) ?? PortRange(port) }

    /// As many ports as it has, from the declared one on; nil where the project's files declare none.
    package var declaredPorts: PortRange? { declared.flatMap { PortRange($0, count: count) } }

    /// True for a port that is not the one declared.
    package var isMoved: Bool { declared.map { $0 != port } ?? false }

    /// True when it was used within a day: a further use need not be noted.
    ///
    /// - Parameter now: seconds since 1970.
    package func isFresh(at now: Int64) -> Bool { now - lastUsed <= 86_400 }

    /// Where the port number came from.
    package enum Source: String, Sendable, CaseIterable {
        /// `--port`
        case demand
        /// the user's environment
        case environment
        /// the project's files
        case declared
        /// the first free port of the kind's range, or of those that stand in for privileged ones
        case range
        /// the first free port of the default range, the kind's being full; for a block of ports, of any
        case fallback
        /// an idle booking that was given up for it
        case reclaimed
        /// the first free one, when it gave its port up to whoever declares that
        case yielded
        /// a command of the checkout was seen to listen there, or there would be what another checkout's was seen to
        case learned

        /// The synthesized one makes an array first, which is much for each row of a registry.
        package init?(rawValue: String) {
            switch rawValue {
            case "range": self = .range
            case "declared": self = .declared
            case "demand": self = .demand
            case "environment": self = .environment
            case "fallback": self = .fallback
            case "reclaimed": self = .reclaimed
            case "yielded": self = .yielded
            case "learned": self = .learned
            default: return nil
            }
        }
    }
}
