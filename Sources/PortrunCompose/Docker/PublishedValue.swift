import PortrunBase

/// A value of `-p`: `[[address:][host]:]container[/protocol]`, or docker's `published=8080,target=80,protocol=tcp`.
struct PublishedValue: Sendable, Equatable {
    let place: CommandWord
    private let syntax: PortSyntax?
    /// Where the host's port stands in the value, in bytes; nil for a container's port alone.
    private let host: Range<Int>?

    init(_ place: CommandWord) {
        self.place = place
        guard place.text.utf8.contains(UInt8(ascii: "=")) else {
            syntax = try? PortSyntax(place.text)
            host = syntax?.hostField
            return
        }
        let fields = place.fields
        func field(_ key: String) -> CommandWord? { fields.first { $0.key == key }?.value }
        guard let target = field("target"), let published = field("published") else {
            syntax = nil
            host = nil
            return
        }
        syntax = try? PortSyntax("\(published.text):\(target.text)/\(field("protocol")?.text ?? "tcp")")
        let start = published.offset - place.offset
        host = start..<start + published.text.utf8.count
    }

    /// The ports, as compose would have them of a service; none of a value that docker would refuse.
    func ports(of service: String, _ kind: ServiceKind) -> [DeclaredPort] {
        guard let syntax else { return [] }
        return syntax.container.map { target in
            DeclaredPort(
                service: service, target: Int(target), protocolName: syntax.protocolName,
                transport: TransportProtocol(rawValue: syntax.protocolName), published: syntax.published(for: target),
                hostIP: syntax.hostIP, variable: nil, file: "-", line: 0, isActive: true, kind: kind,
                feedsOnlyHostPort: false, isContinued: target != syntax.container.lowerBound)
        }
    }

    /// Puts booked ports into the values of a command line.
    ///
    /// - Parameter booked: for each port of the values, in their order; nil to keep what is written.
    static func publish(_ booked: ArraySlice<PortRange?>, in values: [PublishedValue], of arguments: inout [[UInt8]]) {
        var rest = booked
        for value in values {
            let ports = rest.prefix(value.syntax?.container.count ?? 0)
            rest = rest.dropFirst(ports.count)
            guard let first = ports.first??.first, let last = ports.last??.last, let range = PortRange(first, last)
            else { continue }
            if let host = value.host {
                value.place.part(host).replace(by: range.description, in: &arguments)
            } else {
                value.place.part(0..<0).replace(by: "\(range):", in: &arguments)
            }
        }
    }
}
