/// The ports of both transports that are somebody's number.
package struct DeclaredMarks {
    private var tcp = PortMarks()
    private var udp = PortMarks()

    package init() {}

    package mutating func mark(_ ports: PortRange?, _ transport: TransportProtocol) {
        guard let ports else { return }
        if transport == .tcp { tcp.mark(ports) } else { udp.mark(ports) }
    }

    package func overlap(_ ports: PortRange, _ transport: TransportProtocol) -> Bool {
        transport == .tcp ? tcp.overlaps(ports) : udp.overlaps(ports)
    }
}
