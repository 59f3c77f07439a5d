import PortrunCore

/// What `portrun discover` shows of a project.
struct DiscoveryReport {
    private let project: ComposeProject?
    /// For each of the project's ports.
    private let booked: [PortRange?]

    /// - Parameter project: nil where there is no compose file.
    init(_ project: ComposeProject?, booked: [PortRange?]) {
        self.project = project
        self.booked = booked
    }

    /// One object; see README for its keys.
    var json: JSONValue {
        let ports = zip(project?.ports ?? [], booked).map { port, booked -> JSONValue in
            .object([
                "service": .string(port.service), "target": .integer(port.target),
                "protocol": .string(port.protocolName), "published": .string(orNull: port.published),
                "host_ip": .string(orNull: port.hostIP), "variable": .string(orNull: port.variable),
                "file": .string(port.file), "line": .integer(port.line), "active": .boolean(port.isActive),
                "kind": .string(port.kind.rawValue),
                "booked": .integer(orNull: booked.map { Int($0.first.number) }),
            ])
        }
        return .object([
            "project": .string(orNull: project?.name), "files": .array((project?.files ?? []).map { .string($0) }),
            "ports": .array(ports),
        ])
    }

    /// A row for each entry; empty columns are `-`.
    ///
    /// - Parameter folder: where files are seen from.
    func table(seenFrom folder: String, isAligned: Bool) -> String {
        var table = Table(
            columns: ["service", "published", "target", "protocol", "variable", "booked", "kind", "line"],
            isAligned: isAligned)
        for (port, booked) in zip(project?.ports ?? [], booked) {
            table.add([
                port.isActive ? port.service : "\(port.service) (inactive)", Self.published(port), "\(port.target)",
                port.protocolName,
                port.variable ?? "-", booked.map { "\($0)" } ?? "-", port.kind.rawValue,
                "\(Path.shortest(port.file, from: folder)):\(port.line)",
            ])
        }
        return table.text
    }

    private static func published(_ port: DeclaredPort) -> String {
        let number = port.published ?? "any"
        guard let address = port.hostIP else { return number }
        return address.contains(":") ? "[\(address)]:\(number)" : "\(address):\(number)"
    }
}
