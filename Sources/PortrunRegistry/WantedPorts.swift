import PortrunBase

/// The search for ports that one request needs.
struct WantedPorts {
    let count: Int
    let transport: TransportProtocol
    /// The transport that the same ports are to be free for.
    let partner: TransportProtocol?
    let ephemeral: PortRange
    /// What is kept for the main worktree; nil for nothing.
    private let reserved: PortRange?

    init(_ request: ServiceRequest, isPaired: Bool, ephemeral: PortRange) {
        count = request.count
        transport = request.transport
        partner = isPaired ? (transport == .tcp ? .udp : .tcp) : nil
        self.ephemeral = ephemeral
        reserved = request.isDeclaredByMain ? request.declared.flatMap { PortRange($0, count: request.count) } : nil
    }

    /// The last of the ports from the first of `ports` on that nobody may have; nil when `ports` may be had.
    ///
    /// What browsers block counts for one port alone: a block of thousands would hardly find room between them.
    func lastBlocked(in ports: PortRange) -> Port? {
        if let reserved, ports.overlaps(reserved) { return reserved.last }
        if ports.count == 1 {
            let port = ports.first
            return port.isPrivileged || port.isBlockedByBrowsers || ephemeral.contains(port) ? port : nil
        }
        if ports.first.isPrivileged { return .lastPrivileged }
        return ports.overlaps(ephemeral) ? ephemeral.last : nil
    }
}

extension Port {
    /// A valid port.
    fileprivate static var lastPrivileged: Port { Port(1023)! }
}
