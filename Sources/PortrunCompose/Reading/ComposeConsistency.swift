import PortrunBase

/// The check that compose makes before it does anything: everything that services refer to exists.
///
/// Only active services are looked at.
struct ComposeConsistency {
    private let document: YAMLNode
    private let services: [ComposeService]
    private let names: Set<ExactString>
    private let active: Set<ExactString>
    /// The names that each of the sections beside the services defines.
    private var defined: [ExactString: Set<ExactString>] = [:]

    init(_ document: YAMLNode, _ services: [ComposeService]) {
        self.document = document
        self.services = services
        names = Set(of: services.map(\.name))
        active = Set(of: services.filter(\.isActive).map(\.name))
        for section in ["networks", "secrets", "configs", "volumes"] {
            defined[section] = Set(of: (document[section]?.pairs ?? []).map(\.key))
        }
    }

    /// - Parameter directory: the folder that messages name env files from.
    func check(_ loader: inout ComposeLoader, directory: String) throws(DiscoveryError) {
        let pairs = document["services"]?.pairs ?? []
        let nodes = Dictionary(pairs.map { (ExactString($0.key), $0.value) }) { first, _ in first }
        for service in services where service.isActive {
            guard let node = nodes[service.name] else { continue }
            for problem in problems(of: service, node, directory) {
                try loader.report(problem, at: node.location)
            }
        }
        if let name = cycle(nodes), let node = nodes[name] {
            try loader.report(.dependencyCycle(name), at: node.location)
        }
    }

    /// An active service that depends on itself through others, even where a dependency is not required.
    private func cycle(_ nodes: [ExactString: YAMLNode]) -> String? {
        var waiting: [ExactString: [String]] = [:]
        for service in services where service.isActive {
            guard let node = nodes[service.name] else { continue }
            waiting[service.name] = (Self.references(node["depends_on"]) + implied(node)).filter { active.contains($0) }
        }
        if waiting.values.allSatisfy({ $0.isEmpty }) { return nil }
        // A service is done when all that it waits for are done. Services that are never done wait for a circle.
        var dependents: [ExactString: [ExactString]] = [:]
        for (name, needed) in waiting {
            for other in needed { dependents[ExactString(other), default: []].append(name) }
        }
        var missing = waiting.mapValues(\.count)
        var done = waiting.keys.filter { missing[$0] == 0 }
        while let name = done.popLast() {
            missing[name] = nil
            for dependent in dependents[name] ?? [] {
                missing[dependent]? -= 1
                if missing[dependent] == 0 { done.append(dependent) }
            }
        }
        guard var name = missing.keys.map(\.text).min() else { return nil }
        var seen: Set<ExactString> = []
        while seen.insert(name), let next = waiting[name]?.first(where: { missing[$0] != nil }) { name = next }
        return name
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
        if !Self.references(node["networks"]).isEmpty, service.networkMode != nil {
            problems.append(.networkAndMode(service: service.name))
        }
        problems += dependencies(of: service, node).filter { !active.contains($0) }.map {
            .undefinedDependency(service: service.name, on: $0)
        }
        for (key, kind) in [("networks", "network"), ("secrets", "secret"), ("configs", "config")] {
            problems += Self.references(node[key]).filter { !isDefined($0, in: key) && $0 != "default" }.map {
                .undefinedReference(service: service.name, kind: kind, name: $0)
            }
        }
        problems += Self.volumes(node["volumes"]).filter { !isDefined($0, in: "volumes") }.map {
            .undefinedReference(service: service.name, kind: "volume", name: $0)
        }
        problems += Self.envFiles(node["env_file"]).filter {
            FileSystem.kind(of: $0) == nil
        }.map { .missingEnvFile(service: service.name, file: Path.shortest($0, from: directory)) }
        return problems
    }

    private func isDefined(_ name: String, in section: String) -> Bool { defined[section]?.contains(name) ?? false }

    /// Services that have to be active for this one.
    private func dependencies(of service: ComposeService, _ node: YAMLNode) -> [String] {
        guard let pairs = node["depends_on"]?.pairs else { return Self.references(node["depends_on"]) + implied(node) }
        return pairs.filter { pair in
            // One that is not required may be inactive, but has to exist.
            pair.value["required"]?.value != .boolean(false) || !names.contains(pair.key)
        }.map(\.key) + implied(node)
    }

    /// The services that `links`, `volumes_from` and the shared namespaces name.
    private func implied(_ node: YAMLNode) -> [String] {
        var needed = Self.references(node["links"]).map { $0.parts(at: ":").before }
        needed += Self.references(node["volumes_from"]).filter { !$0.hasPrefix("container:") }.map {
            $0.parts(at: ":").before
        }
        for key in ["network_mode", "ipc", "pid"] {
            if let name = node[key]?.string?.rest(after: "service:") { needed.append(name) }
        }
        return needed
    }

    /// The named volumes in a list of short and long forms; a single letter is a drive of Windows.
    private static func volumes(_ node: YAMLNode?) -> [String] {
        (node?.elements ?? []).compactMap { entry in
            guard let text = entry.string else {
                return entry["type"]?.string == "volume"
                    ? entry["source"]?.string.flatMap { $0.isEmpty ? nil : $0 } : nil
            }
            guard text.utf8.contains(UInt8(ascii: ":")), let first = text.unicodeScalars.first,
                !"./~\\".unicodeScalars.contains(first)
            else {
                return nil
            }
            let name = text.parts(at: ":").before
            return name.utf8.count > 1 ? name : nil
        }
    }

    /// The names in a list, the `source` of its mappings, or the keys of a mapping.
    private static func references(_ node: YAMLNode?) -> [String] {
        node?.elements?.compactMap { $0.string ?? $0["source"]?.string } ?? node?.pairs?.map { $0.key } ?? []
    }

    /// The required files of `env_file`: a path, or a list of paths and mappings.
    private static func envFiles(_ node: YAMLNode?) -> [String] {
        guard let node else { return [] }
        return (node.elements ?? [node]).compactMap { entry in
            entry["required"]?.value == .boolean(false) ? nil : entry.string ?? entry["path"]?.string
        }
    }
}
