import PortrunBase

extension ComposeOverride {
    /// Starts no container of a service that the main worktree runs, and lets those that reach it here reach the main worktree's.
    ///
    /// Compose waits for no dependency that has 0 replicas, whatever its condition.
    mutating func addMainServices(of project: ComposeProject, _ policy: RemapPolicy) {
        guard let shared = policy.mainServices else { return }
        let key = "portrun-main"
        var networks: [String] = []
        for service in shared.services {
            networks += project.networks(of: service.name)
            let node = project.document["services"]?[service.name]
            // Compose refuses a project in which the two differ.
            if node?["deploy"]?["replicas"] != nil {
                set("deploy", of: service.name, to: .object(["replicas": .integer(0)]))
            }
            if node?["scale"] != nil || node?["deploy"]?["replicas"] == nil {
                set("scale", of: service.name, to: .integer(0))
            }
        }
        var isJoined = false
        for service in project.services where !shared.contains(service.name) {
            let own = project.networks(of: service.name)
            guard own.contains(where: networks.contains) else { continue }
            var entries: [(key: String, value: JSONValue)] = [(key, .object([:]))]
            // A service that names no network is in the default one, until another is named.
            if own == ["default"] { entries.append(("default", .object([:]))) }
            set("networks", of: service.name, to: .object(JSONValue.KeyValuePairs(entries)))
            isJoined = true
        }
        guard isJoined else { return }
        set(key, in: "networks", to: .object(["name": .string(shared.network.name), "external": .boolean(true)]))
    }
}

extension ComposeProject {
    /// The keys of the networks that a service is in; none for one with a `network_mode`.
    fileprivate func networks(of service: String) -> [String] {
        let node = document["services"]?[service]
        if node?["network_mode"] != nil { return [] }
        guard let networks = node?["networks"], !networks.isNull else { return ["default"] }
        let keys = networks.pairs?.map(\.key) ?? networks.elements?.compactMap(\.string) ?? []
        return keys.isEmpty ? ["default"] : keys
    }
}
