import PortrunBase

extension ComposeOverride {
    /// Gives what the policy isolates names that no other checkout uses.
    ///
    /// Volumes and networks get the names that compose itself would choose. External ones stay: the project only
    /// borrows them. In the main worktree, where the policy has no project, nothing changes.
    mutating func addIsolation(of project: ComposeProject, _ policy: RemapPolicy) {
        guard let name = policy.project, policy.isolated.rawValue != 0 else { return }
        if policy.isolated.contains(.volumes) { addNames(of: "volumes", project, name) }
        if policy.isolated.contains(.networks) {
            addFreeNetworks(project)
            addNames(of: "networks", project, name)
        }
        if policy.isolated.contains(.images) { addImages(project, name, policy.built) }
    }

    private mutating func addNames(of section: String, _ project: ComposeProject, _ name: String) {
        // Two entries with one name are one thing, and stay one.
        var firsts: [ExactString: String] = [:]
        for entry in project.fixedNames(in: section) {
            let fixed = entry.name.scalar?.text ?? ""
            let first = firsts[fixed] ?? entry.key
            firsts[fixed] = first
            let own = OwnName.entry(first).text(in: name)
            set(entry.key, in: section, to: .object(["name": .string(own)]))
        }
    }

    /// Lets Docker choose the subnets that networks fix, and so the addresses of services in them.
    private mutating func addFreeNetworks(_ project: ComposeProject) {
        var keys: Set<ExactString> = []
        for pair in project.document["networks"]?.pairs ?? [] {
            guard let free = pair.value.withoutSubnets else { continue }
            keys.insert(pair.key)
            set(pair.key, in: "networks", to: free, tag: "!override")
        }
        for service in project.services {
            guard let networks = project.document["services"]?[service.name]?["networks"],
                let pairs = networks.pairs,
                pairs.contains(where: { keys.contains($0.key) && $0.value.hasFixedAddress })
            else { continue }
            let free = pairs.map { pair in
                (key: pair.key, value: keys.contains(pair.key) ? pair.value.withoutAddresses : pair.value.json)
            }
            set("networks", of: service.name, to: .object(JSONValue.KeyValuePairs(free)), tag: "!override")
        }
    }
}

extension YAMLNode {
    private static let addresses = ["ipv4_address", "ipv6_address"]

    /// True for a service's entry of a network with an address in it.
    fileprivate var hasFixedAddress: Bool { Self.addresses.contains { self[$0] != nil } }

    fileprivate var withoutAddresses: JSONValue {
        var node = self
        for key in Self.addresses { node[key] = nil }
        return node.json
    }

    /// A network without the subnets and the bridge that it fixes; nil when it fixes none, or cannot do without.
    ///
    /// A macvlan or ipvlan is part of a network outside, whose addresses are not ours to choose. IPv6 goes with its
    /// subnet: engines before 27 have no pool to take another one from.
    fileprivate var withoutSubnets: JSONValue? {
        guard !isExternal else { return nil }
        if let driver = self["driver"]?.string, driver.hasSuffix("vlan") { return nil }
        let pools = self["ipam"]?["config"]?.elements ?? []
        let bridge = "com.docker.network.bridge.name"
        guard !pools.isEmpty || self["driver_opts"]?[bridge] != nil else { return nil }
        var node = self
        node["ipam"]?["config"] = nil
        if pools.contains(where: { $0["subnet"]?.scalar?.text.contains(":") ?? false }) { node["enable_ipv6"] = nil }
        node["driver_opts"]?[bridge] = nil
        return node.json
    }
}
