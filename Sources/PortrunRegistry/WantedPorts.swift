import PortrunBase

/// The search for ports that one request needs.
struct WantedPorts {
    let count: Int
    let transport: TransportProtocol
    /// The transport that the same ports are to be free for.
    let partner: TransportProtocol?
    let ephemeral: PortRange
    /// Ports that are about to be booked for somebody else.
    var taken: PortRange?
    /// Ports that somebody declares, running or not; nil for none.
    var avoided: AvoidedPorts?

    init(_ request: ServiceRequest, isPaired: Bool, ephemeral: PortRange) {
        count = request.count
        transport = request.transport
        partner = isPaired ? (transport == .tcp ? .udp : .tcp) : nil
        self.ephemeral = ephemeral
    }

    /// The last of the ports from the first of `ports` on that nobody may have; nil when `ports` may be had.
    ///
    /// What browsers block counts for one port alone: a block of thousands would hardly find room between them.
    func lastBlocked(in ports: PortRange) -> Port? {
        if let taken, taken.overlaps(ports) { return taken.last }
        if ports.count == 1 {
            let port = ports.first
            if port.isPrivileged || port.isBlockedByBrowsers || ephemeral.contains(port) { return port }
            return avoided?.last(in: ports)
        }
        if ports.first.isPrivileged { return .lastPrivileged }
        return ports.overlaps(ephemeral) ? ephemeral.last : avoided?.last(in: ports)
    }
}

extension Port {
    /// A valid port.
    fileprivate static var lastPrivileged: Port { Port(1023)! }
}
