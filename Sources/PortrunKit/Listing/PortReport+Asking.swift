import PortrunBase
import PortrunRegistry

extension PortReport {
    /// Asks the registry, the container engines and the kernel who has a port.
    ///
    /// - Parameters:
    ///   - uid: the user who asks.
    ///   - known: the containers that run; nil has the engines asked.
    package init(
        on port: Port, seenFrom checkout: Checkout, in registry: Registry, uid: UInt32, beside known: [Container]? = nil
    ) throws {
        let containers = known ?? checkout.runningContainers()
        let bookings = try checkout.look(in: registry, beside: containers) { reader, _ in
            try reader.status(matching: BookingFilter(port: port))
        }
        let publishing = TransportProtocol.allCases.flatMap { transport in
            containers.filter { $0.published.contains(Container.PublishedPort(port, transport)) }
                .map { (container: $0, transport: transport) }
        }
        self.init(
            port: port, bookings: bookings, containers: publishing,
            listeners: try TransportProtocol.allCases.flatMap { try Listener.all(on: port, $0) }, uid: uid)
    }
}
