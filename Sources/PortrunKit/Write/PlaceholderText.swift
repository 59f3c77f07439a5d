import PortrunBase

/// A text with places for ports, as `Placeholder` has them; those without a name are the project's own service's.
///
/// Every other byte is kept.
package struct PlaceholderText: Sendable, Equatable {
    private let content: Content
    /// The services that are named, each once.
    package private(set) var services: [ServiceName] = []
    /// True when the project's own service has a place in it.
    package private(set) var hasPrimary = false

    private enum Content: Equatable {
        /// The places are looked for anew when they are filled: there may be very many.
        case text([UInt8])
        case port(of: ServiceName)
    }

    package init(portOf service: ServiceName) {
        content = .port(of: service)
        services = [service]
    }

    /// - Parameter look: of a file; what has been found is not all when it is over then.
    package init(_ bytes: [UInt8], _ look: Look = Look()) {
        content = .text(bytes)
        var services: [ServiceName] = []
        var hasPrimary = false
        var known: Set<ExactString> = []
        Placeholder.scan(bytes) { token, _ in
            guard look.spend(1, of: .values, in: ""), case .placeholder(let place) = token else { return }
            guard let service = place.service else {
                hasPrimary = true
                return
            }
            guard known.insert(service.description), look.spend(1, of: .ports, in: "") else { return }
            services.append(service)
        }
        (self.services, self.hasPrimary) = (services, hasPrimary)
    }

    package init(_ text: String) { self.init(Array(text.utf8)) }

    /// The text with the ports in their places.
    ///
    /// - Parameter port: of a service, nil for the project's own.
    package func filled(_ port: (ServiceName?) -> Port) -> [UInt8] {
        switch content {
        case .port(let service): return Array(port(service).description.utf8)
        case .text(let bytes):
            var result: [UInt8] = []
            var known: [ExactString: Port] = [:]
            var end = 0
            Placeholder.scan(bytes) { token, range in
                result += bytes[end..<range.lowerBound]
                end = range.upperBound
                switch token {
                case .literal: result += bytes[(range.lowerBound + 1)..<(range.upperBound - 1)]
                case .placeholder(let place):
                    // No service has an empty name.
                    let name = ExactString(place.service?.description ?? "")
                    let number = known[name] ?? port(place.service)
                    known[name] = number
                    result += Array(place.text(number).utf8)
                }
            }
            return result + bytes[end...]
        }
    }
}
