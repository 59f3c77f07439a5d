/// The override file that moves the published ports which a project's files fix.
///
/// It replaces the `ports` of every service with a port to move, by `!override`, for compose would otherwise append
/// ours to the project's. All entries of such a service are repeated, so that only the moved numbers change.
/// Source: the Compose specification, «Merge and override».
package struct ComposeOverride: Sendable, Equatable {
    /// The services with a port to move, in the order of the project.
    private let services: [(name: String, ports: [JSONValue])]

    /// - Parameters:
    ///   - ports: what the project publishes.
    ///   - booked: for each of `ports`, what is booked for it: a range where it is one to choose from.
    /// - Returns: nil when nothing has to move.
    package init?(moving ports: [DeclaredPort], to booked: [PortRange?]) {
        var names: [String] = []
        for (port, booked) in zip(ports, booked) where Self.isMoved(port, to: booked) {
            if !names.contains(port.service) { names.append(port.service) }
        }
        guard !names.isEmpty else { return nil }
        services = names.map { name in
            let entries = zip(ports, booked).filter { $0.0.service == name }
            return (name, entries.map(Self.entry))
        }
    }

    /// True when the number in the files is not the one booked and no variable carries it there.
    package static func isMoved(_ port: DeclaredPort, to booked: PortRange?) -> Bool {
        guard let booked, !port.feedsOnlyHostPort else { return false }
        return port.published != booked.description
    }

    /// The file's content.
    package var text: String {
        var text = "# Written by portrun at each launch: moves published ports, and nothing else.\nservices:\n"
        for service in services {
            text += "  \(JSONValue.string(service.name).text):\n    ports: !override\n"
            for port in service.ports {
                let lines = port.text.split(separator: "\n").map { $0.drop { $0 == " " } }
                text += "      - " + lines.joined(separator: " ") + "\n"
            }
        }
        return text
    }

    package static func == (left: Self, right: Self) -> Bool { left.text == right.text }

    private static func entry(_ port: DeclaredPort, _ booked: PortRange?) -> JSONValue {
        var pairs: [(key: String, value: JSONValue)] = [("target", .integer(port.target))]
        if let published = booked?.description ?? port.published { pairs.append(("published", .string(published))) }
        if let hostIP = port.hostIP { pairs.append(("host_ip", .string(hostIP))) }
        pairs.append(("protocol", .string(port.protocolName)))
        return .object(JSONValue.KeyValuePairs(pairs))
    }
}
