import PortrunBase

/// The ports that something listens on, as they were found out while nobody waited for the registry.
final class Listeners {
    private enum State: UInt8 { case unknown, free, busy }

    /// A byte for each port, all of TCP's before UDP's.
    private var states: [UInt8]
    /// True where the system has told all of them at once.
    private(set) var isListed = false

    private static let portCount = 1 << 16

    init() { states = [UInt8](repeating: State.unknown.rawValue, count: 2 * Self.portCount) }

    /// Asks the system for its list.
    func list(_ facts: SystemFacts) {
        guard let tcp = facts.busyPorts(.tcp), let udp = facts.busyPorts(.udp) else { return }
        for number in tcp { states[Int(number)] = State.busy.rawValue }
        for number in udp { states[Self.portCount + Int(number)] = State.busy.rawValue }
        isListed = true
    }

    /// Probes the first `count` of `ports`, each once.
    func probe(_ ports: PortRange, _ count: Int, _ transport: TransportProtocol, _ facts: SystemFacts)
        throws(PortProbeError)
    {
        let places = places(of: ports, count, transport)
        for (offset, place) in places.enumerated() where states[place] == State.unknown.rawValue {
            guard let port = Port(Int(ports.first.number) + offset) else { return }
            states[place] = (try facts.isBusy(port, transport) ? State.busy : State.free).rawValue
        }
    }

    func knows(_ ports: PortRange, _ count: Int, _ transport: TransportProtocol) -> Bool {
        isListed || !states[places(of: ports, count, transport)].contains(State.unknown.rawValue)
    }

    /// The first of the first `count` of `ports` that something listens on, as far as it is known.
    func first(in ports: PortRange, _ count: Int, _ transport: TransportProtocol) -> Port? {
        let places = places(of: ports, count, transport)
        return states[places].firstIndex(of: State.busy.rawValue).flatMap { place in
            Port(Int(ports.first.number) + place - places.lowerBound)
        }
    }

    private func places(of ports: PortRange, _ count: Int, _ transport: TransportProtocol) -> Range<Int> {
        let first = Int(ports.first.number) + (transport == .tcp ? 0 : Self.portCount)
        return first..<first + min(count, ports.count)
    }
}
