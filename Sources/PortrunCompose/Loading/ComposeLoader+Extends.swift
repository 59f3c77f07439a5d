import PortrunBase

extension ComposeLoader {
    /// One service in one file, on the way through a chain of `extends`.
    private struct Link: Hashable {
        var file: String
        var service: String
    }

    /// A file that `extends` names, all its documents as one, before its own services are extended.
    struct BaseFile {
        var services: YAMLNode
        /// Of its last document.
        var tags: ComposeOverrideTags?
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
            // Each is looked for among all, several times.
            guard look.goesOn(after: pairs.count, in: file) else { break }
            _ = try extendService(name, in: &services, of: file, seen: [], tags: [tags], scope)
        }
        document["services"] = services
    }

    /// The service `name` with its bases below it, which is also put back into `services`.
    ///
    /// - Parameter tags: those of every file on the way here. Each of them drops from the base what it marks in a
    ///   service of the extending one's name, also when that mark was meant for another file's service (compose-go 2.0,
    ///   loader/extends.go).
    private mutating func extendService(
        _ name: String, in services: inout YAMLNode, of file: String, seen: Set<Link>,
        tags: [ComposeOverrideTags],
        _ scope: Scope
    ) throws(DiscoveryError) -> YAMLNode? {
        guard var service = services[name] else { return nil }
        guard let extends = service["extends"] else { return service }
        service["extends"] = nil
        // Put back first: whatever is wrong with the base, it is reported once.
        services[name] = service
        var seen = seen
        guard seen.count < ComposeLimits.extendsChain else { throw failure(.chainTooLong(name), at: extends.location) }
        guard seen.insert(Link(file: file, service: name)).inserted else {
            try report(.extendsCycle(name), at: extends.location)
            return service
        }
        var tags = tags
        let base: YAMLNode?
        if let path = extends["file"]?.string {
            base = try loadBaseService(path, extends, seen: seen, tags: &tags, scope)
        } else {
            let reference = extends.string ?? extends["service"]?.string ?? ""
            if seen.contains(Link(file: file, service: reference)) {
                try report(.extendsCycle(name), at: extends.location)
                return service
            }
            if services[reference] == nil {
                try report(.unknownService(reference, file: self.name(of: file)), at: extends.location)
            }
            base = try extendService(reference, in: &services, of: file, seen: seen, tags: tags, scope)
        }
        if var base {
            for tags in tags { tags.drop(from: &base, named: name, look, in: file) }
            let size = (base.pairs ?? []).reduce(0) { $0 + 1 + ($1.value.elements ?? []).count }
            guard look.spend(size, of: .values, in: file) else {
                try diagnostics.checkLook()
                return service
            }
            service = ComposeMerge.merged(base, service, depth: 2)
            services[name] = service
        }
        return service
    }

    /// A service of another file, with its own bases; its relative paths start from that file's folder.
    ///
    /// The marks of the file's last document are added to `tags`.
    private mutating func loadBaseService(
        _ path: String, _ extends: YAMLNode, seen: Set<Link>, tags: inout [ComposeOverrideTags], _ scope: Scope
    ) throws(DiscoveryError) -> YAMLNode? {
        if Self.isRemote(path) {
            leaveOut(path, at: extends.location)
            return nil
        }
        let file = Path.absolute(path, in: scope.directory)
        let reference = extends["service"]?.string ?? ""
        let key = "\(scope.identifier):\(file)"
        if baseServices[key] == nil {
            var baseScope = scope
            baseScope.directory = Path.parent(file)
            var whole = YAMLNode(.mapping([]), location: extends.location)
            var lastTags: ComposeOverrideTags?
            for document in try loadDocuments(of: file, in: baseScope) {
                var document = document
                let tags = ComposeOverrideTags(takenFrom: &document, isMarked: marked.contains(file))
                tags.drop(from: &whole, look, in: file)
                whole = ComposeMerge.merged(whole, document)
                lastTags = tags
            }
            let services = whole["services"] ?? YAMLNode(.mapping([]), location: extends.location)
            baseServices[key] = BaseFile(services: services, tags: lastTags)
        }
        guard let base = baseServices[key], base.services[reference] != nil else {
            try report(.unknownService(reference, file: name(of: file)), at: extends.location)
            return nil
        }
        if let fileTags = base.tags { tags.append(fileTags) }
        var scope = scope
        scope.directory = Path.parent(file)
        var services = base.services
        return try extendService(reference, in: &services, of: file, seen: seen, tags: tags, scope)
    }
}
