/// What compose checks of a whole project before it does anything: that all its services refer to is there.
///
/// Only active services are looked at.
struct ComposeConsistency {
    private let document: YAMLNode
    private let services: [ComposeService]
    private let names: Set<String>
    private let active: Set<String>

    init(_ document: YAMLNode, _ services: [ComposeService]) {
        self.document = document
        self.services = services
        names = Set(services.map(\.name))
        active = Set(services.filter(\.isActive).map(\.name))
    }

    /// - Parameter directory: the folder that messages name env files from.
    func check(_ loader: inout ComposeLoader, directory: String) throws(DiscoveryError) {
        let nodes = Dictionary((document["services"]?.pairs ?? []).map { ($0.key, $0.value) }) { first, _ in
            first
        }
        for service in services where service.isActive {
            guard let node = nodes[service.name] else { continue }
            for problem in problems(of: service, node, directory) {
                try loader.report(problem, at: node.location)
            }
        }
    }

    private func problems(of service: ComposeService, _ node: YAMLNode, _ directory: String)
        -> [ComposeProblem]
    {
        var problems: [ComposeProblem] = []
        if service.image?.isEmpty ?? true, node["build"] == nil, node["provider"] == nil {
            problems.append(.nothingToRun(service: service.name))
        }
        if service.containerName != nil, service.replicas > 1 {
            problems.append(.replicasOfNamedContainer(service: service.name))
        }
        if node["networks"] != nil, service.networkMode != nil {
            problems.append(.networkAndMode(service: service.name))
        }
        problems += dependencies(of: service, node).filter { !active.contains($0) }.map {
            .undefinedDependency(service: service.name, on: $0)
        }
        for (key, kind) in [("networks", "network"), ("secrets", "secret"), ("configs", "config")] {
            let defined = document[key]
            problems += Self.references(node[key]).filter { defined?[$0] == nil && $0 != "default" }.map {
                .undefinedReference(service: service.name, kind: kind, name: $0)
            }
        }
        problems += Self.envFiles(node["env_file"]).filter {
            FileSystem.kind(of: $0) == nil
        }.map { .missingEnvFile(service: service.name, file: Path.shortest($0, from: directory)) }
        return problems
    }

    /// Services that have to be active for this one: of `depends_on`, `links`, `volumes_from` and `network_mode`.
    private func dependencies(of service: ComposeService, _ node: YAMLNode) -> [String] {
        var needed = Self.references(node["depends_on"]).filter { name in
            // One that is not required may be inactive, but has to exist.
            let isOptional = node["depends_on"]?[name]?["required"]?.value == .boolean(false)
            return !isOptional || !names.contains(name)
        }
        needed += Self.references(node["links"]).map { String($0.prefix { $0 != ":" }) }
        needed += Self.references(node["volumes_from"]).filter { !$0.hasPrefix("container:") }.map {
            String($0.prefix { $0 != ":" })
        }
        if let mode = service.networkMode, mode.hasPrefix("service:") {
            needed.append(String(mode.dropFirst(8)))
        }
        return needed
    }

    /// The names in a list, the `source` of its mappings, or the keys of a mapping.
    private static func references(_ node: YAMLNode?) -> [String] {
        node?.elements?.compactMap { $0.string ?? $0["source"]?.string } ?? node?.pairs?.map(\.key) ?? []
    }

    /// The required files of `env_file`: a path, or a list of paths and mappings.
    private static func envFiles(_ node: YAMLNode?) -> [String] {
        guard let node else { return [] }
        return (node.elements ?? [node]).compactMap { entry in
            entry["required"]?.value == .boolean(false) ? nil : entry.string ?? entry["path"]?.string
        }
    }
}
