/// The names that services have in the system's list, such as `http-alt` for 8080: see services(5).
///
/// The file is read as text: the library's lookup loads modules, which a static executable cannot.
package struct ServiceNumbers: Sendable {
    private var ports: [TransportProtocol: [ExactString: Port]] = [:]
    private var names: [TransportProtocol: [Port: Substring]] = [:]

    /// Of a list in the format of services(5).
    package init(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" }
            guard words.count > 1, let slash = words[1].firstIndex(of: "/"), let port = Port(words[1][..<slash]),
                let transport = TransportProtocol(rawValue: String(words[1][words[1].index(after: slash)...]))
            else { continue }
            for name in ([words[0]] + words[2...]).map({ ExactString(String($0)) }) where ports[transport]?[name] == nil
            {
                ports[transport, default: [:]][name] = port
            }
            if names[transport]?[port] == nil { names[transport, default: [:]][port] = words[0] }
        }
    }

    /// The system's; empty where it has none.
    package static func ofSystem() -> ServiceNumbers {
        let text = try? FileSystem.read("/etc/services", limit: 4 << 20)
        return ServiceNumbers(text.map { String(decoding: $0, as: UTF8.self) } ?? "")
    }

    /// The port of a service; without a transport that of either.
    package func port(of name: Substring, _ transport: TransportProtocol?) -> Port? {
        let name = ExactString(String(name))
        if let transport { return ports[transport]?[name] }
        return ports[.tcp]?[name] ?? ports[.udp]?[name]
    }

    /// The name that tools print for a port.
    package func name(of port: Port, _ transport: TransportProtocol) -> String? {
        names[transport]?[port].map(String.init)
    }
}
