import PortrunBase

/// The names and subnets of a compose project that are the same in every checkout.
extension ComposeProject {
    /// The entries of `volumes` or `networks` with a `name:` of their own, external ones left out.
    func fixedNames(in section: String) -> [(key: String, name: YAMLNode)] {
        (document[section]?.pairs ?? []).compactMap { pair in
            guard !pair.value.isExternal, let name = pair.value["name"], name.scalar?.text.isEmpty == false,
                !name.followsProject
            else { return nil }
            return (pair.key, name)
        }
    }

    /// The names of containers that files fix. One that contains the project's name already differs between checkouts.
    package var fixedContainerNames: [String] {
        (document["services"]?.pairs ?? []).compactMap { pair in
            guard let node = pair.value["container_name"], let name = node.string, !name.isEmpty,
                !variables.names(at: node.location).contains("COMPOSE_PROJECT_NAME")
            else { return nil }
            return name
        }
    }

    /// The tags of the images that are built here, in the order of the files.
    package var builtImages: [String] {
        var built: [String] = []
        var seen: Set<ExactString> = []
        for service in document["services"]?.pairs ?? [] {
            guard let build = service.value["build"] else { continue }
            for image in [service.value["image"]] + (build["tags"]?.elements ?? []) {
                guard let image, !image.followsProject, let text = image.string, ImageTag(text) != nil else { continue }
                if seen.insert(text) { built.append(text) }
            }
        }
        return built
    }

    /// The subnets that networks of the project fix, external ones left out.
    var fixedSubnets: [(key: String, subnet: YAMLNode)] {
        (document["networks"]?.pairs ?? []).flatMap { pair -> [(key: String, subnet: YAMLNode)] in
            guard !pair.value.isExternal else { return [] }
            let pools = pair.value["ipam"]?["config"]?.elements ?? []
            return pools.compactMap { $0["subnet"] }.map { (pair.key, $0) }
        }
    }
}

extension YAMLNode {
    /// True for a volume or network that the project does not make: `external: true`, or the old `external: {name: …}`.
    var isExternal: Bool {
        guard let external = self["external"] else { return false }
        return external.pairs != nil || external.value == .boolean(true)
    }

    /// True for a text with the project's name in it, which is another one in each checkout already.
    var followsProject: Bool {
        scalar?.segments?.contains { $0.variable == "COMPOSE_PROJECT_NAME" } ?? false
    }
}
