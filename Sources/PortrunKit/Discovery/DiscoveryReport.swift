import PortrunBase
import PortrunCompose

/// The report of `portrun discover` on a project.
package struct DiscoveryReport: Sendable {
    package let project: ComposeProject?
    /// The project's ports, and those of further projects that its scripts start.
    package let ports: [DeclaredPort]
    /// What is booked for each of them.
    package let booked: [PortRange?]
    /// The services that this checkout uses from the main worktree.
    package let shared: [String]
    package let findings: [ComposeFinding]
    package let addresses: [DeclaredAddress]
    /// For ports on which a command of this checkout, or of the main one, was seen to listen.
    package let learned: [Booking]
    /// By name, for each of thousands of ports asks for its service.
    private let services: [ExactString: ComposeService]

    /// - Parameters:
    ///   - booked: for each port that the plan's project publishes; none where nothing is booked.
    ///   - bookings: all of the checkout's.
    package init(
        _ plan: Plan, booked: [PortRange?], _ addresses: [DeclaredAddress] = [], _ bookings: [Booking] = []
    ) {
        self.addresses = addresses
        learned = bookings.filter { $0.source == .learned }
        let project = plan.wholeProject
        var services: [ExactString: ComposeService] = [:]
        for service in project?.services ?? [] where services[service.name] == nil { services[service.name] = service }
        self.services = services
        let booked = booked.isEmpty ? (project?.ports ?? []).map { _ in nil } : booked
        self.project = project
        let scripted = plan.scripted
        ports = (project?.ports ?? []) + (scripted?.ports ?? [])
        self.booked =
            booked
            + (scripted?.requests ?? []).map { request in
                bookings.first { $0.service == request.service && $0.transport == request.transport }?.ports
            }
        let sharedByScripts = plan.checkout.context.isGuest ? scripted?.shared ?? [] : []
        shared = (plan.mainServices?.names ?? []) + sharedByScripts
        findings = Self.once(
            (project.map { $0.findings + $0.movedPortFindings(booked) } ?? [])
                + (scripted?.projects ?? []).flatMap(\.findings))
    }

    /// What a file says that two of the projects have.
    private static func once(_ findings: [ComposeFinding]) -> [ComposeFinding] {
        var seen: Set<ExactString> = []
        return findings.filter { seen.insert("\($0.line) \($0.file) \($0.message)") }
    }

    /// The keys of one object with their values, which are made one by one: docs/json.md has them.
    package var json: [(key: String, value: JSONMember)] {
        let ofProject = project?.ports.count ?? 0
        let count = ports.count - ofProject
        var keys: [(key: String, value: JSONMember)] = [
            ("project", .value(.string(orNull: project?.name))),
            ("files", .value(.array((project?.files ?? []).map { .string($0) }))),
            ("ports", .elements(count: min(ofProject, booked.count)) { json(ports[$0], booked[$0]) }),
        ]
        if count > 0 {
            keys.append(
                ("scripted", .elements(count: count) { json(ports[ofProject + $0], booked[ofProject + $0]) }))
        }
        return keys + [
            ("findings", .elements(count: findings.count) { Self.json(findings[$0]) }),
            ("addresses", .elements(count: addresses.count) { Self.json(addresses[$0]) }),
            ("learned", .elements(count: learned.count) { Self.json(learned[$0]) }),
        ]
    }

    private func json(_ port: DeclaredPort, _ booked: PortRange?) -> JSONValue {
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

    package func movement(of port: DeclaredPort, to booked: PortRange?) -> PortMovement? {
        shared.contains(port.service)
            ? .never : PortMovement(of: port, of: services[port.service], to: booked)
    }

    private static func json(_ address: DeclaredAddress) -> JSONValue {
        .object([
            "file": .string(address.file), "line": .integer(address.line), "port": .integer(Int(address.port.number)),
            "service": .string(address.service.description),
            "follows": .string(orNull: address.way == .none ? nil : address.way.rawValue),
        ])
    }

    private static func json(_ booking: Booking) -> JSONValue {
        .object([
            "service": .string(booking.service.description),
            "port": .integer(orNull: booking.declared.map { Int($0.number) }),
            "protocol": .string(booking.transport.rawValue), "booked": .integer(Int(booking.port.number)),
            "listened_at": .string(Timestamp(booking.lastUsed).text),
        ])
    }

    private static func json(_ finding: ComposeFinding) -> JSONValue {
        .object([
            "kind": .string(finding.kind.rawValue), "service": .string(orNull: finding.service),
            "name": .string(orNull: finding.name), "file": .string(finding.file), "line": .integer(finding.line),
            "message": .string(finding.message),
        ])
    }
}
