import PortrunBase
import PortrunCompose

/// What `portrun discover` shows of a project.
struct DiscoveryReport {
    private let project: ComposeProject?
    /// For each of the project's ports.
    private let booked: [PortRange?]
    /// The services that are the main worktree's here.
    private let shared: [String]
    private let findings: [ComposeFinding]

    /// - Parameter project: nil where there is no compose file.
    init(_ project: ComposeProject?, booked: [PortRange?], shared: [String] = []) {
        self.shared = shared
        self.project = project
        self.booked = booked
        findings = project.map { $0.findings + $0.movedPortFindings(booked) } ?? []
    }

    /// One object; see README for its keys.
    var json: JSONValue {
        let ports = zip(project?.ports ?? [], booked).map { port, booked -> JSONValue in
            .object([
                "service": .string(port.service), "target": .integer(port.target),
                "protocol": .string(port.protocolName), "published": .string(orNull: port.published.text),
                "host_ip": .string(orNull: port.hostIP), "variable": .string(orNull: port.variable),
                "file": .string(port.file), "line": .integer(port.line), "active": .boolean(port.isActive),
                "shared": .boolean(shared.contains(port.service)),
                "kind": .string(port.kind.rawValue),
                "booked": .integer(orNull: booked.map { Int($0.first.number) }),
                "moves": .string(orNull: movement(of: port, to: booked)?.rawValue),
            ])
        }
        return .object([
            "project": .string(orNull: project?.name), "files": .array((project?.files ?? []).map { .string($0) }),
            "ports": .array(ports), "findings": .array(findings.map(Self.json)),
        ])
    }

    /// A row for each entry, with `-` in empty columns; then, behind an empty line, one for each finding.
    ///
    /// - Parameter folder: where files are seen from.
    func text(seenFrom folder: String, isAligned: Bool) -> String {
        var table = Table(
            columns: ["service", "published", "target", "protocol", "variable", "booked", "moves", "kind", "line"],
            isAligned: isAligned)
        for (port, booked) in zip(project?.ports ?? [], booked) {
            table.add([
                port.service + mark(of: port), Self.published(port), "\(port.target)",
                port.protocolName, port.variable ?? "-", booked.map { "\($0)" } ?? "-",
                movement(of: port, to: booked)?.rawValue ?? "-", port.kind.rawValue,
                "\(Path.shortest(port.file, from: folder)):\(port.line)",
            ])
        }
        let lines = findings.map { $0.warning(relativeTo: folder).text + "\n" }
        return table.text + (lines.isEmpty ? "" : "\n") + lines.joined()
    }

    private func mark(of port: DeclaredPort) -> String {
        shared.contains(port.service) ? " (main's)" : port.isActive ? "" : " (inactive)"
    }

    private func movement(of port: DeclaredPort, to booked: PortRange?) -> PortMovement? {
        shared.contains(port.service)
            ? .never : PortMovement(of: port, of: project?.services.first { $0.name == port.service }, to: booked)
    }

    private static func json(_ finding: ComposeFinding) -> JSONValue {
        .object([
            "kind": .string(finding.kind.rawValue), "service": .string(orNull: finding.service),
            "name": .string(orNull: finding.name), "file": .string(finding.file), "line": .integer(finding.line),
            "message": .string(finding.message),
        ])
    }

    private static func published(_ port: DeclaredPort) -> String {
        let number = port.published.text ?? "any"
        guard let address = port.hostIP else { return number }
        return address.contains(":") ? "[\(address)]:\(number)" : "\(address):\(number)"
    }
}
