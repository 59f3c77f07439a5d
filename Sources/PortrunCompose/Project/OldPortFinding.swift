import PortrunBase

/// Finds `localhost:<port>` in the values of a project's services, of ports that have moved.
///
/// Looked at are `environment`, the env files, `command`, `entrypoint`, labels and build arguments. A value that takes
/// the number from the variable which portrun sets for the port follows it, and is no finding.
struct OldPortFinding {
    private let project: ComposeProject
    private let moved: [MovedRange]
    /// What the override says anew.
    private let following: [FollowingValue]
    private let look: Look

    /// Nobody reads more.
    private static let limit = 50

    init(
        in project: ComposeProject, moved: [MovedRange], following: [FollowingValue] = [], _ look: Look = Look()
    ) {
        self.project = project
        self.following = following
        self.moved = moved
        self.look = look
    }

    /// In the order of the services; the first of many.
    var findings: [ComposeFinding] {
        guard !moved.isEmpty else { return [] }
        var findings: [ComposeFinding] = []
        for (service, node) in project.servicesWithNodes where service.isActive && findings.count < Self.limit {
            for value in Self.values(of: node) where findings.count < Self.limit {
                for (hit, port) in hits(in: value.node.scalar) {
                    add(&findings, service.name, value.name, hit, port, value.node)
                }
            }
            for path in Self.envFiles(node["env_file"]) { findings += self.findings(in: path, of: service.name) }
        }
        return findings
    }

    private func add(
        _ findings: inout [ComposeFinding], _ service: String, _ name: String, _ hit: String, _ port: MovedPort,
        _ node: YAMLNode
    ) {
        let finding = project.finding(.oldPort, service, name, node, Self.message(service, name, hit, port))
        guard !follows(port, service, name, finding.file, finding.line) else { return }
        // An anchor's text, or one that several services extend, is one place to change.
        if !findings.contains(where: { $0.file == finding.file && $0.line == finding.line && $0.name == name }) {
            findings.append(finding)
        }
    }

    /// True when the override puts the port's number there.
    private func follows(_ port: MovedPort, _ service: String, _ name: String, _ file: String, _ line: Int) -> Bool {
        look.goesOn(after: following.count, in: file)
            && following.contains { value in
                value.line == line && value.service == service && value.name == name && value.file == file
                    && value.ports.contains { $0.from == port.from }
            }
    }

    private static func message(_ service: String, _ name: String, _ hit: String, _ port: MovedPort) -> String {
        "`\(name)` of `\(service)` says `\(hit)`, but \(port.service) is on \(port.to) here"
    }

    /// Every scalar that is looked at, under the name of its variable or label, or of its key.
    private static func values(of service: YAMLNode) -> [(name: String, node: YAMLNode)] {
        var values: [(name: String, node: YAMLNode)] = []
        for table in [
            service["environment"], service["labels"], service["deploy"]?["labels"], service["build"]?["args"],
            service["build"]?["labels"],
        ] {
            for pair in table?.pairs ?? [] { values.append((pair.key, pair.value)) }
            for entry in table?.elements ?? [] {
                values.append((entry.scalar?.text.parts(at: "=").before ?? "", entry))
            }
        }
        for key in ["command", "entrypoint"] {
            guard let node = service[key] else { continue }
            for entry in node.elements ?? [node] { values.append((key, entry)) }
        }
        return values
    }

    /// The texts in a scalar that name a moved port, except for numbers that the port's own variable carries.
    private func hits(in scalar: YAMLNode.Scalar?) -> [(text: String, port: MovedPort)] {
        guard let scalar else { return [] }
        return LocalAddress.all(in: scalar.text).compactMap { address in
            guard let port = movedPort(address, in: "", scalar.segments?.count ?? 0) else { return nil }
            let driver = scalar.segments?.first { $0.range.overlaps(address.portRange) }
            if let variable = driver?.variable, variable == port.variable { return nil }
            return (address.text, port)
        }
    }

    /// The port that an address names.
    ///
    /// - Parameter count: of the other things that the address is compared to.
    private func movedPort(_ address: LocalAddress, in path: String, _ count: Int = 0) -> MovedPort? {
        guard look.goesOn(after: moved.count + count, in: path) else { return nil }
        return moved.first { $0.from.contains(address.port) }?.port(address.port)
    }

    /// The same in the lines of an env file, as they stand there; none when it cannot be read.
    private func findings(in path: String, of service: String) -> [ComposeFinding] {
        guard let bytes = try? look.read(path) else { return [] }
        var findings: [ComposeFinding] = []
        for (index, text) in TextLines(bytes).enumerated() where findings.count < Self.limit {
            guard look.goesOn(after: 1, in: path) else { break }
            guard let entry = EnvFileLine(text) else { continue }
            let name = entry.name
            for address in LocalAddress.all(in: "=" + entry.value) {
                guard let port = movedPort(address, in: path), !follows(port, service, name, path, index + 1)
                else { continue }
                findings.append(
                    ComposeFinding(
                        kind: .oldPort, service: service, name: name, file: path, line: index + 1,
                        message: Self.message(service, name, address.text, port)))
            }
        }
        return findings
    }

    private static func envFiles(_ node: YAMLNode?) -> [String] {
        guard let node else { return [] }
        return (node.elements ?? [node]).compactMap { $0.string ?? $0["path"]?.string }
    }
}
