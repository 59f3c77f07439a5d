/// The services and published ports of a merged compose document.
struct ComposeServices {
    private(set) var services: [ComposeService] = []
    private(set) var ports: [DeclaredPort] = []

    /// More ports than this are an attack, not a project.
    private static let portLimit = 200_000

    private let selectedProfiles: [String]

    init(
        _ document: YAMLNode, profiles: [String], _ loader: inout ComposeLoader
    ) throws(DiscoveryError) {
        selectedProfiles = profiles
        let pairs = (document["services"]?.pairs ?? []).filter { $0.value.pairs != nil }
        var entries: [(service: Int, entry: PortEntry)] = []
        for pair in pairs {
            let service = service(pair.key, pair.value)
            services.append(service)
            let room = Self.portLimit - entries.count
            for entry in try Self.entries(pair.value["ports"]?.elements ?? [], room: room, &loader) {
                entries.append((services.count - 1, entry))
            }
        }
        // What an override has dropped uses nothing.
        let uses = VariableUses(
            document.templateLocations.reduce(into: [:]) { $0[$1] = loader.uses[$1] },
            drivers: entries.map(\.entry),
            services: pairs.map(\.value), envFiles: loader.envFileReferences)
        ports = entries.map { index, entry in Self.port(entry, of: services[index], uses, loader.sources) }
    }

    private static func entries(
        _ nodes: [YAMLNode], room: Int, _ loader: inout ComposeLoader
    ) throws(DiscoveryError) -> [PortEntry] {
        var entries: [PortEntry] = []
        for node in nodes {
            do throws(ComposeProblem) {
                let new = try PortEntry.entries(from: node)
                guard entries.count + new.count <= room else { throw .tooManyPorts(limit: portLimit) }
                entries += new
            } catch .tooManyPorts(let limit) {
                try loader.report(.tooManyPorts(limit: limit), at: node.location)
                break
            } catch {
                try loader.report(error, at: node.location)
            }
        }
        return PortEntry.unique(entries)
    }

    private func service(_ name: String, _ node: YAMLNode) -> ComposeService {
        let profiles = node["profiles"]?.elements?.compactMap(\.string) ?? []
        let image = node["image"]?.string
        return ComposeService(
            name: name, image: image, containerName: node["container_name"]?.string,
            networkMode: node["network_mode"]?.string,
            replicas: Self.integer(node["deploy"]?["replicas"]) ?? Self.integer(node["scale"]) ?? 1,
            isActive: profiles.isEmpty || profiles.contains { selectedProfiles.contains($0) }
                || selectedProfiles.contains("*"),
            kind: ServiceKind(service: name, image: image))
    }

    private static func integer(_ node: YAMLNode?) -> Int? {
        switch node?.value {
        case .integer(let number)?: number
        case .string(let text)?: Int(text)
        case .null?, .boolean?, .fraction?, nil: nil
        }
    }

    private static func port(
        _ entry: PortEntry, of service: ComposeService, _ uses: VariableUses, _ sources: [String]
    ) -> DeclaredPort {
        DeclaredPort(
            service: service.name, target: entry.target, protocolName: entry.protocolName,
            transport: TransportProtocol(rawValue: entry.protocolName), published: entry.published,
            hostIP: entry.hostIP, variable: entry.variable, file: sources[Int(entry.location.file)],
            line: Int(entry.line), isActive: service.isActive, kind: service.kind,
            feedsOnlyHostPort: entry.isVariableHostPortOnly
                && entry.variable.map { uses.areOnlyHostPorts($0) } ?? false,
            isContinued: entry.isContinued, replicas: service.replicas)
    }
}
