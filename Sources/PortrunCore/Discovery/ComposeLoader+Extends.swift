extension ComposeLoader {
    /// One service in one file, on the way through a chain of `extends`.
    private struct Link: Hashable {
        var file: String
        var service: String
    }

    /// Lays every service of `document` over the one it extends (https://docs.docker.com/reference/compose-file/services/#extends).
    mutating func extend(
        _ document: inout YAMLNode, file: String, tags: ComposeOverrideTags, in scope: Scope
    ) throws(DiscoveryError) {
        guard var services = document["services"] else { return }
        guard let pairs = services.pairs else {
            return try report(.notA("a mapping", path: "services"), at: services.location)
        }
        guard pairs.contains(where: { $0.value["extends"] != nil }) else { return }
        for name in pairs.map(\.key) {
            _ = try extended(name, in: &services, of: file, seen: [], tags: tags, scope)
        }
        document["services"] = services
    }

    /// The service `name` with its bases below it, which is also put back into `services`.
    private mutating func extended(
        _ name: String, in services: inout YAMLNode, of file: String, seen: Set<Link>,
        tags: ComposeOverrideTags?,
        _ scope: Scope
    ) throws(DiscoveryError) -> YAMLNode? {
        guard var service = services[name] else { return nil }
        guard let extends = service["extends"] else { return service }
        service["extends"] = nil
        // Put back first: whatever is wrong with the base, it is reported once.
        services[name] = service
        var seen = seen
        guard seen.count < Self.chainLimit else { throw failure(.chainTooLong(name), at: extends.location) }
        guard seen.insert(Link(file: file, service: name)).inserted else {
            try report(.extendsCycle(name), at: extends.location)
            return service
        }
        let base: YAMLNode?
        if let path = extends["file"]?.string {
            base = try baseService(path, extends, seen: seen, scope)
        } else {
            let reference = extends.string ?? extends["service"]?.string ?? ""
            if seen.contains(Link(file: file, service: reference)) {
                try report(.extendsCycle(name), at: extends.location)
                return service
            }
            if services[reference] == nil {
                try report(.unknownService(reference, file: self.name(of: file)), at: extends.location)
            }
            base = try extended(reference, in: &services, of: file, seen: seen, tags: tags, scope)
        }
        if var base {
            tags?.drop(from: &base, named: name)
            extendedSize += (base.pairs ?? []).reduce(0) { $0 + 1 + ($1.value.elements ?? []).count }
            guard extendedSize <= Self.extendedLimit else {
                throw failure(.tooManyNodes(limit: Self.extendedLimit), at: extends.location)
            }
            service = ComposeMerge.merged(base, service, depth: 2)
            services[name] = service
        }
        return service
    }

    /// A service of another file, with its own bases; its relative paths start from that file's folder.
    private mutating func baseService(
        _ path: String, _ extends: YAMLNode, seen: Set<Link>, _ scope: Scope
    ) throws(DiscoveryError) -> YAMLNode? {
        let file = Path.absolute(path, in: scope.directory)
        let reference = extends["service"]?.string ?? ""
        let key = "\(scope.identifier):\(file)"
        if baseServices[key] == nil {
            var baseScope = scope
            baseScope.directory = Path.parent(file)
            let documents = try documents(of: file, in: baseScope)
            let whole = documents.reduce(YAMLNode(.mapping([]), location: extends.location)) {
                earlier, later in
                var earlier = earlier
                var later = later
                ComposeOverrideTags(takenFrom: &later).drop(from: &earlier)
                return ComposeMerge.merged(earlier, later)
            }
            baseServices[key] = whole["services"] ?? YAMLNode(.mapping([]), location: extends.location)
        }
        guard var services = baseServices[key], services[reference] != nil else {
            try report(.unknownService(reference, file: name(of: file)), at: extends.location)
            return nil
        }
        var scope = scope
        scope.directory = Path.parent(file)
        return try extended(reference, in: &services, of: file, seen: seen, tags: nil, scope)
    }
}
