import PortrunBase

extension ComposeOverride {
    /// Moves what is published elsewhere than it is booked.
    ///
    /// All entries of such a service are repeated, so that `!override` drops none.
    /// - Parameter booked: for each of `ports`, nil to keep what is declared.
    mutating func addPorts(_ ports: [DeclaredPort], _ booked: [PortRange?], _ policy: RemapPolicy) {
        let booked = zip(ports, booked).map { port, booked in
            port.published == .chosenByDocker && !policy.isPublishingBare ? nil : booked
        }
        var start = 0
        while start < ports.count {
            // The ports of one service stand together.
            let service = ports[start].service
            let end = ports[start...].firstIndex { $0.service != service } ?? ports.count
            if (start..<end).contains(where: { Self.isMoved($0, of: ports, booked, policy) }) {
                let entries = (start..<end).map { place in
                    var port = ports[place]
                    if port.isMirrored, let value = Self.value(of: port.variable, ports, booked, policy) {
                        port.target = Int(value.first.number)
                    }
                    return Self.entry(port, booked[place])
                }
                set("ports", of: service, to: .array(entries), tag: "!override")
            }
            start = end
        }
    }

    /// True when neither the number in the files nor the value of a variable is the one booked.
    ///
    /// The value of a variable that moves ports by itself is the first booking of those that it feeds.
    private static func isMoved(
        _ place: Int, of ports: [DeclaredPort], _ booked: [PortRange?], _ policy: RemapPolicy
    ) -> Bool {
        guard let range = booked[place] else { return false }
        let port = ports[place]
        guard port.feedsOnlyHostPort, let variable = port.variable, variable != policy.unsetVariable else {
            return port.published.range != range
        }
        return value(of: variable, ports, booked, policy).map { $0 != range } ?? false
    }

    /// The value that a launch gives a variable which moves ports by itself; nil for any other.
    private static func value(
        of variable: String?, _ ports: [DeclaredPort], _ booked: [PortRange?], _ policy: RemapPolicy
    ) -> PortRange? {
        guard let variable, variable != policy.unsetVariable else { return nil }
        for (port, value) in zip(ports, booked) where port.feedsOnlyHostPort && port.variable == variable {
            if let value { return value }
        }
        return nil
    }

    /// An entry in the short form if that says all of it, else in the long form.
    ///
    /// podman-compose, up to 1.6 at least, takes no mapping under `!override`: it ends with a traceback.
    private static func entry(_ port: DeclaredPort, _ booked: PortRange?) -> JSONValue {
        if let text = shortForm(port, booked) { return .string(text) }
        var pairs: [(key: String, value: JSONValue)] = []
        if let name = port.name { pairs.append(("name", .string(name))) }
        pairs.append(("target", .integer(port.target)))
        if let published = booked?.description ?? port.published.text {
            pairs.append(("published", .string(published)))
        }
        if let hostIP = port.hostIP { pairs.append(("host_ip", .string(hostIP))) }
        pairs.append(("protocol", .string(port.protocolName)))
        if let mode = port.mode { pairs.append(("mode", .string(mode))) }
        if let appProtocol = port.appProtocol { pairs.append(("app_protocol", .string(appProtocol))) }
        return .object(JSONValue.KeyValuePairs(pairs + port.extensions.pairs))
    }

    /// `127.0.0.1:5433:5432/udp`; nil for an entry with a key that only the long form has, or a value that only it takes.
    private static func shortForm(_ port: DeclaredPort, _ booked: PortRange?) -> String? {
        guard port.mode == nil, port.name == nil, port.appProtocol == nil, port.extensions.pairs.isEmpty,
            ["tcp", "udp", "sctp"].contains(port.protocolName)
        else { return nil }
        let published = booked?.description ?? port.published.text
        var text = ""
        if let hostIP = port.hostIP {
            guard let address = bracketed(hostIP) else { return nil }
            text += address + ":"
        }
        if published != nil || port.hostIP != nil { text += (published ?? "") + ":" }
        text += "\(port.target)"
        return port.protocolName == "tcp" ? text : text + "/" + port.protocolName
    }

    /// An address as the short form has it; nil for what is none.
    private static func bracketed(_ address: String) -> String? {
        let isVersion6 = address.utf8.contains(UInt8(ascii: ":"))
        var bytes = in6_addr()
        guard inet_pton(isVersion6 ? AF_INET6 : AF_INET, address, &bytes) == 1 else { return nil }
        return isVersion6 ? "[\(address)]" : address
    }
}
