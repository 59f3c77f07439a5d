/// What `portrun discover --json` prints of a project.
///
/// - Parameter booked: the port that is booked for an entry, or nil.
package func discoveryReport(
    _ project: ComposeProject, booked: (DeclaredPort) -> Port?
) -> JSONValue {
    let ports = project.ports.map { port -> JSONValue in
        .object([
            "service": .string(port.service),
            "target": .integer(port.target),
            "protocol": .string(port.protocolName),
            "published": .string(orNull: port.published),
            "host_ip": .string(orNull: port.hostIP),
            "variable": .string(orNull: port.variable),
            "file": .string(port.file),
            "line": .integer(port.line),
            "active": .boolean(port.isActive),
            "kind": .string(port.kind.rawValue),
            "booked": .integer(orNull: booked(port).map { Int($0.number) }),
        ])
    }
    return .object([
        "project": .string(orNull: project.name),
        "files": .array(project.files.map { .string($0) }),
        "ports": .array(ports),
    ])
}
