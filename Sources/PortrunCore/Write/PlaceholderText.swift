/// A text with places for ports: `{port}` and `{url}` for the project's own service, `{port:api}` and `{url:api}` for
/// another.
///
/// `{{port}}` is `{port}` as it stands. Every other byte, other braces too, is kept.
package struct PlaceholderText: Sendable, Equatable {
    private var parts: [Part] = []

    private enum Part: Equatable {
        case text([UInt8])
        /// nil for the project's own service.
        case port(ServiceName?)
        case url(ServiceName?)
    }

    package init(_ text: String) { self.init(Array(text.utf8)) }

    package init(portOf service: ServiceName) { parts = [.port(service)] }

    package init(_ bytes: [UInt8]) {
        var plain: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == Self.open, let (part, end) = Self.placeholder(in: bytes[index...]) {
                if !plain.isEmpty { parts.append(.text(plain)) }
                plain = []
                parts.append(part)
                index = end
            } else {
                plain.append(bytes[index])
                index += 1
            }
        }
        if !plain.isEmpty { parts.append(.text(plain)) }
    }

    /// The services that are named, each once.
    package var services: [ServiceName] {
        var services: [ServiceName] = []
        for case .port(let name?) in parts where !services.contains(name) { services.append(name) }
        for case .url(let name?) in parts where !services.contains(name) { services.append(name) }
        return services
    }

    /// True when the project's own service has a place in it.
    package var hasPrimary: Bool { parts.contains(.port(nil)) || parts.contains(.url(nil)) }

    /// The text with the ports in their places.
    ///
    /// - Parameter port: of a service, nil for the project's own.
    package func filled(_ port: (ServiceName?) -> Port) -> [UInt8] {
        var result: [UInt8] = []
        for part in parts {
            switch part {
            case .text(let bytes): result += bytes
            case .port(let name): result += Array(port(name).description.utf8)
            case .url(let name): result += Array("http://localhost:\(port(name))".utf8)
            }
        }
        return result
    }

    private static let open = UInt8(ascii: "{")
    private static let close = UInt8(ascii: "}")

    /// The placeholder that `bytes` start with, doubled or not, and where it ends.
    private static func placeholder(in bytes: ArraySlice<UInt8>) -> (Part, Int)? {
        let isDoubled = bytes.dropFirst().first == open
        let start = bytes.startIndex + (isDoubled ? 2 : 1)
        guard let end = bytes[start...].firstIndex(of: close) else { return nil }
        let words = bytes[start..<end].split(
            separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        let kind = String(decoding: words[0], as: UTF8.self)
        guard kind == "port" || kind == "url" else { return nil }
        var name: ServiceName?
        if words.count > 1 {
            name = ServiceName(String(decoding: words[1], as: UTF8.self))
            guard name != nil, !words[1].contains(open) else { return nil }
        }
        if isDoubled {
            guard end + 1 < bytes.endIndex, bytes[end + 1] == close else { return nil }
            return (.text(Array(bytes[(bytes.startIndex + 1)...end])), end + 2)
        }
        return (kind == "port" ? .port(name) : .url(name), end + 1)
    }
}
