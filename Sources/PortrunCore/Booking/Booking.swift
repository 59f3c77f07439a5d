/// A durable claim of one service of a context on one port.
package struct Booking: Sendable, Equatable {
    /// The registry's number of it.
    package let id: Int64
    package let service: ServiceName
    package let port: Port
    package let transport: TransportProtocol
    /// The port inside the container, where there is one.
    package let target: Port?
    /// The variable that the project's files read the port from.
    package let variable: String?
    package let source: Source
    /// Dropped when its last lease ends.
    package let isEphemeral: Bool
    /// Seconds since 1970.
    package let lastUsed: Int64

    package init(
        id: Int64, service: ServiceName, port: Port, transport: TransportProtocol, target: Port?, variable: String?,
        source: Source, isEphemeral: Bool, lastUsed: Int64
    ) {
        self.id = id
        self.service = service
        self.port = port
        self.transport = transport
        self.target = target
        self.variable = variable
        self.source = source
        self.isEphemeral = isEphemeral
        self.lastUsed = lastUsed
    }

    /// Where the port number came from.
    package enum Source: String, Sendable {
        /// `--port`
        case demand
        /// the user's environment
        case environment
        /// the project's files
        case declared
        /// the first free port of the kind's range
        case range
        /// the first free port of the default range, the kind's being full
        case fallback
        /// an idle booking that was given up for it
        case reclaimed
    }
}

/// A service that did not get, or did not keep, the port it should have had.
package struct Move: Sendable, Equatable {
    package enum Reason: Sendable, Equatable {
        /// Booked by another service; `owner` is `label service`.
        case booked(owner: String)
        /// A program outside portrun's knowledge listens on it.
        case busy
    }

    package let service: ServiceName
    package let from: Port
    package let to: Port
    package let reason: Reason

    package init(service: ServiceName, from: Port, to: Port, reason: Reason) {
        self.service = service
        self.from = from
        self.to = to
        self.reason = reason
    }

    package var message: String {
        switch reason {
        case .booked(let owner): "`\(service)` moved from \(from) to \(to): \(from) is booked by \(owner)"
        case .busy: "`\(service)` moved from \(from) to \(to): another program listens on \(from)"
        }
    }
}
