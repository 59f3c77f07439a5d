import PortrunBase

/// What numbers stand for in a checkout whose declared ports are another's.
package struct PortsHere: Sendable {
    /// This checkout's own port for each number that is another one's.
    package var numbers: [TransportProtocol: [Port: Port]]
    /// On what other checkouts' programs listen besides.
    package var others: [TransportProtocol: Set<Port>]
    /// Who listens on all that, and on nothing of this checkout's, in ascending order.
    package var processes: [Int32]
    /// A port on which nobody listens.
    package var unused: Port?

    package init(
        numbers: [TransportProtocol: [Port: Port]] = [:], others: [TransportProtocol: Set<Port>] = [:],
        processes: [Int32] = [], unused: Port? = nil
    ) {
        self.numbers = numbers
        self.others = others
        self.processes = processes
        self.unused = unused
    }

    /// True where each number is this checkout's own.
    package var isEmpty: Bool {
        processes.isEmpty && numbers.values.allSatisfy(\.isEmpty) && others.values.allSatisfy(\.isEmpty)
    }

    /// What stands in the place of one port; itself where it is this checkout's.
    func port(for port: Port, _ transport: TransportProtocol) -> Port {
        numbers[transport]?[port] ?? (others[transport]?.contains(port) == true ? unused ?? port : port)
    }

    /// What stands in the place of a range: the numbers in it that are this checkout's, and its own ports for the rest.
    ///
    /// - Parameter transport: nil for both.
    func ranges(for range: PortRange, _ transport: TransportProtocol?) -> [PortRange] {
        var ports: [Port: Port] = [:]
        for transport in transport.map({ [$0] }) ?? TransportProtocol.allCases {
            for (number, own) in numbers[transport] ?? [:] where range.contains(number) { ports[number] = own }
        }
        if ports.isEmpty { return [range] }
        var ranges: [PortRange] = []
        var first: Port? = range.first
        for number in ports.keys.sorted() {
            if let start = first, let last = Port(Int(number.number) - 1), let part = PortRange(start, last) {
                ranges.append(part)
            }
            first = Port(Int(number.number) + 1)
        }
        if let first, let part = PortRange(first, range.last) { ranges.append(part) }
        for own in Set(ports.values).sorted() where !ranges.contains(where: { $0.contains(own) }) {
            ranges.append(PortRange(own))
        }
        return ranges
    }

    /// The numbers in a range, or all, that have another port here, with that, in ascending order.
    package func moved(in range: PortRange?, _ transport: TransportProtocol?) -> [(number: Port, own: Port)] {
        (transport.map { [$0] } ?? TransportProtocol.allCases).flatMap { numbers[$0] ?? [:] }
            .filter { range?.contains($0.key) ?? true }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The numbers in a range on which other checkouts' programs listen besides, in ascending order.
    package func others(in range: PortRange, _ transport: TransportProtocol?) -> [Port] {
        (transport.map { [$0] } ?? TransportProtocol.allCases).flatMap { others[$0] ?? [] }
            .filter { range.contains($0) }.sorted()
    }
}
