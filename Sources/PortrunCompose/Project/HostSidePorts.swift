import PortrunBase

/// The moved ports of a project as values inside its containers name them: from the host.
///
/// In a container, `localhost:4000` is the container itself, unless nothing listens on 4000 there: then the value is an
/// address for a browser or another program outside, and only a published port can be meant.
struct HostSidePorts {
    private let project: ComposeProject
    private let moved: [MovedPort]
    private let look: Look

    init(of project: ComposeProject, moved: [MovedPort], _ look: Look) {
        (self.project, self.moved, self.look) = (project, moved, look)
    }

    /// The moved ports in a value of `service`, with the places of their numbers in the value's UTF-8.
    ///
    /// - Parameters:
    ///   - name: the variable's, or the flag's.
    ///   - host: for a value that is a bare number: the one that a sibling names, empty where none does.
    func ports(
        in text: [UInt8], named name: String, of service: ComposeService, host: String? = nil
    ) -> [(range: Range<Int>, port: MovedPort)] {
        let purpose = ValuePurpose(of: name)
        if purpose == .advertisedPort, let number = Port(String(decoding: text, as: UTF8.self)) {
            let host = Array((host ?? "").utf8)
            guard host.isEmpty || LocalHost.isCalled(LocalHost.host(in: host[...])) else { return [] }
            return single(number).map { [(0..<text.count, $0)] } ?? []
        }
        var found: [(range: Range<Int>, port: MovedPort)] = []
        for colon in text.indices where text[colon] == UInt8(ascii: ":") {
            guard let local = LocalPort(in: text, colon: colon), LocalHost.isCalled(text[local.host]),
                let port = single(local.port),
                isOutside(local.port, LocalHost.isEngineName(text[local.host]), service, purpose)
            else { continue }
            found.append((local.range, port))
        }
        return found
    }

    /// The one place that a number has moved to; nil where two services publish it and went separate ways.
    private func single(_ number: Port) -> MovedPort? {
        guard look.goesOn(after: moved.count, in: project.directory) else { return nil }
        let candidates = moved.filter { $0.from == number }
        guard let first = candidates.first, candidates.allSatisfy({ $0.to == first.to }) else { return nil }
        let services = candidates.map(\.service)
        let stays = project.ports.contains { port in
            port.isActive && !services.contains(port.service) && port.published.range?.contains(number) ?? false
        }
        return stays ? nil : first
    }

    /// Whether an address with `number` is one of the host, in a value of `service`.
    private func isOutside(
        _ number: Port, _ isEngine: Bool, _ service: ComposeService, _ purpose: ValuePurpose
    ) -> Bool {
        if isEngine || service.networkMode == "host" || purpose != .any { return true }
        guard let home = networkHome(of: service), look.goesOn(after: project.services.count, in: project.directory)
        else { return false }
        for other in project.services where networkHome(of: other) == home {
            if listens(other, on: number) { return false }
        }
        return true
    }

    /// The service whose network a service is in, usually its own; nil for a container's that is none of the project.
    private func networkHome(of service: ComposeService) -> String? {
        guard let mode = service.networkMode else { return service.name }
        if mode.hasPrefix("container:") { return nil }
        return mode.rest(after: "service:") ?? service.name
    }

    /// True when the files say that the service's container has `number` open.
    private func listens(_ service: ComposeService, on number: Port) -> Bool {
        let node = project.document["services"]?[service.name]
        let exposed = node?["expose"]?.elements ?? []
        guard look.goesOn(after: exposed.count + project.ports.count, in: project.directory) else { return true }
        if project.ports.contains(where: { $0.service == service.name && $0.target == Int(number.number) }) {
            return true
        }
        return exposed.contains { entry in
            let text = entry.scalar?.text ?? ""
            return PortRange(text.parts(at: "/").before)?.contains(number) ?? true
        }
    }
}

/// What the name of a variable or flag says of an address in its value.
enum ValuePurpose: Equatable {
    /// Nothing.
    case any
    /// It is told to others, who reach this container from outside.
    case advertised
    /// The same, of a variable that has the port alone.
    case advertisedPort

    init(of name: String) {
        let words = name.uppercased().utf8.split { byte in
            !(UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                && !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }.map { String(Substring($0)) }
        func has(_ wanted: [String]) -> Bool { words.contains { word in wanted.contains { $0 == word } } }
        if has(Self.outside) {
            self = words.last == "PORT" ? .advertisedPort : .advertised
        } else {
            let isOfBrowser = has(Self.browsers) || (has(["APP"]) && words.last == "URL")
            self = isOfBrowser && words.last != "PORT" ? .advertised : .any
        }
    }

    private static let outside = ["ADVERTISE", "ADVERTISED", "ANNOUNCE", "ANNOUNCED", "EXTERNAL", "PUBLIC"]

    /// What a page, a redirect or a link is made of.
    private static let browsers = [
        "BASE", "BROWSER", "CALLBACK", "CANONICAL", "CORS", "FRONTEND", "HOSTNAME", "ISSUER", "NEXTAUTH", "ORIGIN",
        "ORIGINS", "REDIRECT", "ROOT", "SERVER", "SITE", "VITE", "WEBHOOK",
    ]
}
