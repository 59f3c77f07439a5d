import PortrunBase

extension ComposeOverride {
    /// Puts the project's name before every container name that a file fixes, and in references to one.
    ///
    /// The old name becomes an alias of the service on its networks, also where no other service mentions it: a
    /// configuration file that is mounted may. Networks that other projects see get none, or lookups of the main
    /// worktree's containers would find this one's.
    mutating func nameContainers(of project: ComposeProject, after prefix: String) {
        let nodes = (project.document["services"]?.pairs ?? []).filter { $0.value.pairs != nil }
        let fixed = project.fixedContainerNames
        for pair in nodes {
            guard let name = pair.value["container_name"]?.string, fixed.contains(name) else { continue }
            set("container_name", of: pair.key, to: .string(OwnName.given(name).text(in: prefix)))
            let aliases = Self.aliases(name, of: pair, in: project)
            if !aliases.isEmpty { set("networks", of: pair.key, to: .object(JSONValue.KeyValuePairs(aliases))) }
        }
        guard !fixed.isEmpty else { return }
        for pair in nodes { follow(fixed, prefix, in: pair) }
    }

    /// The alias `name` on each network of a service that no other project sees.
    private static func aliases(
        _ name: String, of service: YAMLNode.Pair, in project: ComposeProject
    ) -> [(key: String, value: JSONValue)] {
        // Compose makes the service's own name an alias everywhere.
        guard name != service.key, service.value["network_mode"] == nil else { return [] }
        let networks = service.value["networks"]
        var names = networks?.elements?.compactMap(\.string) ?? networks?.pairs?.map(\.key) ?? []
        if names.isEmpty { names = ["default"] }
        var result: [(key: String, value: JSONValue)] = []
        for network in names {
            if isShared(project.document["networks"]?[network], project) { continue }
            let present = networks?[network]?["aliases"]?.elements ?? []
            guard !present.contains(where: { $0.string == name }) else { continue }
            result.append((network, .object(["aliases": .array([.string(name)])])))
        }
        return result
    }

    /// True for a network that is external, or has a name that the project's is no part of.
    private static func isShared(_ network: YAMLNode?, _ project: ComposeProject) -> Bool {
        if let external = network?["external"], external.value != .boolean(false) { return true }
        return network?["name"].map { !project.variables.names(at: $0.location).contains("COMPOSE_PROJECT_NAME") }
            ?? false
    }

    /// Lets what a service takes from containers by their name take it from the same ones.
    private mutating func follow(_ fixed: [String], _ prefix: String, in service: YAMLNode.Pair) {
        let mark = "container:"
        /// `text` with the container's name at its start replaced; nil when that is none of `fixed`.
        func renamed(_ text: String) -> String? {
            fixed.contains(text.parts(at: ":").before) ? OwnName.given(text).text(in: prefix) : nil
        }
        for key in ["network_mode", "pid", "ipc"] {
            guard let text = service.value[key]?.string, let reference = text.rest(after: mark).flatMap(renamed)
            else { continue }
            set(key, of: service.key, to: .string(mark + reference))
        }
        replaceElements(of: "volumes_from", in: service) { text in
            text.rest(after: mark).flatMap(renamed).map { mark + $0 }
        }
        // Without an alias of its own, a link is called after the container.
        replaceElements(of: "external_links", in: service) { text in
            renamed(text).map { text.utf8.contains(UInt8(ascii: ":")) ? $0 : "\($0):\(text)" }
        }
    }

    /// Says a list of strings anew if `replacement` has something for one of its elements.
    private mutating func replaceElements(
        of key: String, in service: YAMLNode.Pair, by replacement: (String) -> String?
    ) {
        let texts = service.value[key]?.elements?.compactMap(\.string) ?? []
        let replacements = texts.map(replacement)
        guard replacements.contains(where: { $0 != nil }) else { return }
        let elements = zip(texts, replacements).map { JSONValue.string($1 ?? $0) }
        set(key, of: service.key, to: .array(elements), tag: "!override")
    }
}
