import PortrunBase

/// The services and published ports of a merged compose document.
struct ComposeServices {
    let services: [ComposeService]
    let ports: [DeclaredPort]
    let variables: VariableUses

    init(
        _ document: YAMLNode, profiles: [String], _ loader: inout ComposeLoader
    ) throws(DiscoveryError) {
        var services: [ComposeService] = []
        let pairs = (document["services"]?.pairs ?? []).filter { $0.value.pairs != nil }
        var entries: [PortEntry] = []
        /// For each entry the place of its service.
        var owners: [Int] = []
        var nodeCount = 0
        var portCount = 0
        for pair in pairs {
            guard loader.look.spend(1, of: .services, in: loader.path(of: pair.value.location)) else { break }
            services.append(Self.service(pair.key, pair.value, profiles))
            let nodes = pair.value["ports"]?.elements ?? []
            if nodeCount > ComposeLimits.portEntries { continue }
            nodeCount += nodes.count
            if nodeCount > ComposeLimits.portEntries {
                try loader.report(.tooManyPorts(limit: ComposeLimits.portEntries), at: pair.value.location)
                continue
            }
            for entry in try Self.entries(nodes, &portCount, &loader) {
                entries.append(entry)
                owners.append(services.count - 1)
            }
        }
        // Nodes that an override has dropped are gone by now, and their variables do not count.
        var variables = VariableUses(
            in: document, loader.uses, drivers: entries,
            envFiles: loader.envFileReferences.union(Self.envFileReferences(pairs, entries, loader.look)),
            sources: loader.sources)
        let mirrored = MirroredPort.variables(of: entries, owners, in: pairs, loader.uses, loader.look)
        for variable in mirrored { variables.forgetInsideUse(of: variable) }
        self.services = services
        self.variables = variables
        var ports: [DeclaredPort] = []
        for (index, entry) in entries.enumerated() {
            ports.append(Self.port(entry, of: services[owners[index]], variables, loader.sources))
        }
        self.ports = ports
    }

    /// - Parameter count: how many numbers the entries so far stand for, in this service and those before it.
    private static func entries(
        _ nodes: [YAMLNode], _ count: inout Int, _ loader: inout ComposeLoader
    ) throws(DiscoveryError) -> [PortEntry] {
        var groups: [[PortEntry]] = []
        let look = loader.look
        for node in nodes {
            let path = loader.path(of: node.location)
            do throws(ComposeProblem) {
                groups.append(
                    try PortEntry.entries(from: node) { number in
                        count += number
                        return look.admits(count, of: .published, in: path) && look.goesOn(after: number, in: path)
                    })
            } catch {
                try loader.report(error, at: node.location)
            }
        }
        return PortEntry.unique(groups)
    }

    private static func service(
        _ name: String, _ node: YAMLNode, _ selectedProfiles: [String]
    ) -> ComposeService {
        let profiles = node["profiles"]?.elements?.compactMap(\.string) ?? []
        let image = node["image"]?.string
        return ComposeService(
            name: name, image: image, containerName: node["container_name"]?.string,
            networkMode: node["network_mode"]?.string,
            replicas: integer(node["deploy"]?["replicas"]) ?? integer(node["scale"]) ?? 1,
            isActive: profiles.isEmpty || profiles.contains { selectedProfiles.contains($0) }
                || selectedProfiles.contains("*"),
            kind: ServiceKind(service: name, image: image))
    }

    /// The variables that the services' own env files refer to; none where no entry has a variable that might be set.
    private static func envFileReferences(
        _ services: [YAMLNode.Pair], _ entries: [PortEntry], _ look: Look
    ) -> Set<ExactString> {
        guard entries.contains(where: { $0.isVariableHostPortOnly && $0.variable != nil }) else { return [] }
        var seen: Set<ExactString> = []
        var references: Set<ExactString> = []
        for service in services {
            guard let node = service.value["env_file"] else { continue }
            for file in node.elements ?? [node] {
                guard let path = file.string ?? file["path"]?.string, seen.insert(path)
                else { continue }
                // Whatever is wrong with the file, compose says so when it starts the service.
                guard let content = try? DotenvFile(at: path, relativeTo: "/", look, outer: { _ in nil })
                else { continue }
                references.formUnion(content.references)
            }
        }
        return references
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
            transport: entry.transport, published: entry.published,
            hostIP: entry.hostIP, variable: entry.variable, file: sources[Int(entry.location.file)],
            line: Int(entry.line), isActive: service.isActive, kind: service.kind,
            feedsOnlyHostPort: entry.isVariableHostPortOnly
                && entry.variable.map { uses.insideUse(of: $0) == nil && VariableGate.admitsPort($0) } ?? false,
            isMirrored: entry.isMirrored,
            mode: entry.mode, name: entry.name, appProtocol: entry.appProtocol,
            extensions: JSONValue.KeyValuePairs(entry.extensions),
            isContinued: entry.isContinued, replicas: service.replicas)
    }
}
