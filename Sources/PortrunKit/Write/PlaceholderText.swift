import PortrunBase

/// A text with places for ports, as `Placeholder` has them; those without a name are the project's own service's.
///
/// Every other byte is kept.
package struct PlaceholderText: Sendable, Equatable {
    private var parts: [Part] = []

    private enum Part: Equatable {
        case text([UInt8])
        case place(Placeholder)
    }

    package init(_ text: String) { self.init(Array(text.utf8)) }

    package init(portOf service: ServiceName) { parts = [.place(Placeholder(kind: .port, service: service))] }

    package init(_ bytes: [UInt8]) {
        var end = 0
        Placeholder.scan(bytes) { token, range in
            parts.append(.text(Array(bytes[end..<range.lowerBound])))
            switch token {
            case .literal: parts.append(.text(Array(bytes[(range.lowerBound + 1)..<(range.upperBound - 1)])))
            case .placeholder(let placeholder): parts.append(.place(placeholder))
            }
            end = range.upperBound
        }
        parts.append(.text(Array(bytes[end...])))
    }

    /// The services that are named, each once.
    package var services: [ServiceName] {
        var services: [ServiceName] = []
        for case .place(let place) in parts {
            if let name = place.service, !services.contains(name) { services.append(name) }
        }
        return services
    }

    /// True when the project's own service has a place in it.
    package var hasPrimary: Bool {
        parts.contains { part in
            if case .place(let place) = part { place.service == nil } else { false }
        }
    }

    /// The text with the ports in their places.
    ///
    /// - Parameter port: of a service, nil for the project's own.
    package func filled(_ port: (ServiceName?) -> Port) -> [UInt8] {
        var result: [UInt8] = []
        for part in parts {
            switch part {
            case .text(let bytes): result += bytes
            case .place(let place): result += Array(place.text(port(place.service)).utf8)
            }
        }
        return result
    }
}
