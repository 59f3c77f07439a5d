/// The places of services in a list, by name and transport; the first one's where a service is there twice.
///
/// For lists of more than a few: to compare a few names takes less than to set up a table.
package struct ServicePlaces: Sendable, Equatable {
    private var tcp: [ExactString: Int] = [:]
    private var udp: [ExactString: Int] = [:]

    /// Up to so many services a look through all of them is faster.
    package static let few = 32

    package init() {}

    package func place(of service: ServiceName, _ transport: TransportProtocol) -> Int? {
        transport == .tcp ? tcp[service.description] : udp[service.description]
    }

    package mutating func note(_ place: Int, of service: ServiceName, _ transport: TransportProtocol) {
        guard self.place(of: service, transport) == nil else { return }
        set(place, of: service, transport)
    }

    /// Forgets that a service is at `place`.
    package mutating func forget(_ place: Int, of service: ServiceName, _ transport: TransportProtocol) {
        if self.place(of: service, transport) == place { set(nil, of: service, transport) }
    }

    private mutating func set(_ place: Int?, of service: ServiceName, _ transport: TransportProtocol) {
        if transport == .tcp { tcp[service.description] = place } else { udp[service.description] = place }
    }
}
