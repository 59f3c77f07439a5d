import PortrunBase

/// The moved ports of a project as values inside its containers name them: from the host.
///
/// In a container, `localhost:4000` is the container itself, unless nothing listens on 4000 there: then the value is an
/// address for a browser or another program outside, and only a published port can be meant.
///
/// A class, which remembers what it has found out: thousands of values may name one port.
final class HostSidePorts {
    private let project: ComposeProject
    private let moved: [MovedRange]
    private let look: Look
    /// The one to name where there is too much.
    private let file: String
    private let blocks: [PublishedBlock]
    /// The services in each service's network, by the name of the one whose network it is.
    private var neighbours: [ExactString: [Int]] = [:]
    /// The services with what they have open besides published ports.
    private let openings: [(service: String, exposed: [YAMLNode])]
    /// Where each number has moved to, as far as that was asked; nil for nowhere.
    private var known: [Port: MovedPort?] = [:]

    init(of project: ComposeProject, moved: [MovedRange], _ look: Look) {
        (self.project, self.moved, self.look) = (project, moved, look)
        file = project.files.first ?? ""
        blocks = PublishedBlock.all(of: project.ports)
        let services = project.servicesWithNodes
        openings = services.map { ($0.service.name, $0.node["expose"]?.elements ?? []) }
        for (place, entry) in services.enumerated() {
            if let home = Self.networkHome(of: entry.service) {
                neighbours[ExactString(home), default: []].append(place)
            }
        }
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
        if let port = known[number] { return port }
        let port = found(number)
        known[number] = .some(port)
        return port
    }

    private func found(_ number: Port) -> MovedPort? {
        guard look.goesOn(after: moved.count + blocks.count, in: file) else { return nil }
        let candidates = moved.compactMap { $0.port(number) }
        guard let first = candidates.first, candidates.allSatisfy({ $0.to == first.to }) else { return nil }
        let services = Set(of: candidates.map(\.service))
        let stays = blocks.contains { block in
            block.isActive && block.published?.contains(number) ?? false
                && !services.contains(ExactString(block.service))
        }
        return stays ? nil : first
    }

    /// Whether an address with `number` is one of the host, in a value of `service`.
    private func isOutside(
        _ number: Port, _ isEngine: Bool, _ service: ComposeService, _ purpose: ValuePurpose
    ) -> Bool {
        if isEngine || service.networkMode == "host" || purpose != .any { return true }
        guard let home = Self.networkHome(of: service) else { return false }
        for place in neighbours[home] ?? [] where listens(place, on: number) { return false }
        return true
    }

    /// The service whose network a service is in, usually its own; nil for a container's that is none of the project.
    private static func networkHome(of service: ComposeService) -> String? {
        guard let mode = service.networkMode else { return service.name }
        if mode.hasPrefix("container:") { return nil }
        return mode.rest(after: "service:") ?? service.name
    }

    /// True when the files say that the container of the service at `place` has `number` open.
    private func listens(_ place: Int, on number: Port) -> Bool {
        let (name, exposed) = openings[place]
        guard look.goesOn(after: exposed.count + blocks.count, in: file) else { return true }
        if blocks.contains(where: { $0.targets.contains(Int(number.number)) && $0.service == name }) { return true }
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
