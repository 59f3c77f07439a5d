import PortrunBase
import PortrunCompose

/// Entries that publish a container's ports on one address, by what an entry for another address has in common with them:
/// both get the same number.
struct TwinPorts {
    private struct Key: Hashable {
        let service: ExactString
        let transport: TransportProtocol
        let first: Port
        let count: Int
        let target: Int

        init?(_ port: DeclaredPort, _ range: PortRange) {
            guard let transport = port.transport else { return nil }
            service = ExactString(port.service)
            self.transport = transport
            first = range.first
            count = range.count
            target = port.target
        }
    }

    private var leaders: [Key: (entry: Int, address: String)] = [:]

    /// The first entry of the request that has the same ports of the same container on another address.
    ///
    /// - Parameter range: the ports that the entry publishes.
    func leader(of port: DeclaredPort, _ range: PortRange) -> Int? {
        guard let address = port.hostIP, let key = Key(port, range), let leader = leaders[key],
            leader.address != address
        else { return nil }
        return leader.entry
    }

    /// Notes an entry whose request starts with entry `leader`.
    mutating func note(_ port: DeclaredPort, _ range: PortRange, leader: Int) {
        guard let address = port.hostIP, let key = Key(port, range), leaders[key] == nil else { return }
        leaders[key] = (leader, address)
    }
}
