/// A service of a context that is to have one port and no other, whether or not something listens on it.
package struct Claim: Sendable, Equatable {
    package var context: Context
    package var service: ServiceName
    package var port: Port
    /// How many consecutive ports, of which `port` is the first.
    package var count = 1
    package var transport = TransportProtocol.tcp
    package var target: Port?
    package var variable: String?
    package var description: Description?
    /// The project's files say it, so that it is the port of whatever service they have on it.
    package var isDeclared = false

    package init(
        context: Context, service: ServiceName, port: Port, target: Port? = nil, variable: String? = nil,
        description: Description? = nil
    ) {
        self.context = context
        self.service = service
        self.port = port
        self.target = target
        self.variable = variable
        self.description = description
    }
}

extension Claim {
    /// All of them.
    package var ports: PortRange { PortRange(port, count: count) ?? PortRange(port) }
}

/// Why a claim is refused.
package enum ClaimError: ReportableError, Equatable {
    /// Somebody has the port; `owner` is `label service`.
    case booked(port: Port, owner: String)
    /// The service has another port, or other ones.
    case elsewhere(service: ServiceName, label: String, ports: PortRange)

    package var message: String {
        switch self {
        case .booked(let port, let owner): "port \(port) is booked by \(owner)"
        case .elsewhere(let service, let label, let ports):
            "`\(service)` of \(label) has \(ports.count == 1 ? "port" : "ports") \(ports)"
        }
    }

    package var hint: String? {
        switch self {
        case .booked: "`portrun list` lists every booking"
        case .elsewhere(let service, Context.machine.label, _): "`portrun unregister \(service)` gives it back"
        case .elsewhere(_, _, let ports): "`portrun release --port \(ports.first)` gives it back"
        }
    }

    package var exitStatus: Int32 { 1 }
}
