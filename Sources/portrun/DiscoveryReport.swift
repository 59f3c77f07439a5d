import PortrunCore

/// What `portrun discover` shows of a project.
struct DiscoveryReport {
    private let project: ComposeProject?
    /// By the place of an entry in the project's ports.
    private let booked: [Int: Port]

    /// - Parameter project: nil where there is no compose file.
    init(_ project: ComposeProject?, booked: [Int: Port]) {
        self.project = project
        self.booked = booked
    }

    /// One object; see README for its keys.
    var json: JSONValue {
        let ports = (project?.ports ?? []).enumerated().map { entry, port -> JSONValue in
            .object([
                "service": .string(port.service), "target": .integer(port.target),
                "protocol": .string(port.protocolName), "published": .string(orNull: port.published),
                "host_ip": .string(orNull: port.hostIP), "variable": .string(orNull: port.variable),
                "file": .string(port.file), "line": .integer(port.line), "active": .boolean(port.isActive),
                "kind": .string(port.kind.rawValue),
                "booked": .integer(orNull: booked[entry].map { Int($0.number) }),
            ])
        }
        return .object([
            "project": .string(orNull: project?.name), "files": .array((project?.files ?? []).map { .string($0) }),
            "ports": .array(ports),
        ])
    }

    /// A row for each entry; empty columns are `-`.
    func table(isAligned: Bool) -> String {
        var table = Table(
            columns: ["service", "published", "target", "protocol", "variable", "booked", "kind", "line"],
            isAligned: isAligned)
        for (entry, port) in (project?.ports ?? []).enumerated() {
            let published = [port.hostIP, port.published ?? "-"].compactMap { $0 }.joined(separator: ":")
            table.add([
                port.isActive ? port.service : "(\(port.service))", published, "\(port.target)", port.protocolName,
                port.variable ?? "-", booked[entry].map { "\($0)" } ?? "-", port.kind.rawValue,
                "\(Path.lastName(port.file)):\(port.line)",
            ])
        }
        return table.text
    }
}
