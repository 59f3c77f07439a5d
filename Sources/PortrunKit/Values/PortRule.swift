import PortrunBase

/// The ports in this checkout for the ports that the project declares for a service.
package struct PortRule: Sendable, Equatable {
    package let service: ServiceName
    package let transport: TransportProtocol
    /// The ports that the project's files declare.
    package let declared: PortRange
    /// The first of as many ports that are booked.
    package let booked: Port

    package init(
        service: ServiceName, transport: TransportProtocol = .tcp, declared: PortRange, booked: Port
    ) {
        self.service = service
        self.transport = transport
        self.declared = declared
        self.booked = booked
    }

    var isMove: Bool { declared.first != booked }

    /// How far its ports have moved.
    var offset: Int { Int(booked.number) - Int(declared.first.number) }

    /// The port here for the declared `port`; nil when the rule is about other ports.
    func target(of port: Port) -> Port? {
        guard declared.contains(port) else { return nil }
        return Port(Int(port.number) + offset)
    }
}
