import PortrunBase

extension ComposeProject {
    /// The obstacles to a second stack beside this one, in the order of the files' sections.
    ///
    /// Services of inactive profiles are left out. Costs a walk over the services, so it is for reports only.
    package var findings: [ComposeFinding] {
        var findings: [ComposeFinding] = []
        for service in services where service.isActive {
            guard let node = document["services"]?[service.name] else { continue }
            findings += self.findings(of: service, node)
        }
        findings += names(in: "volumes", .volumeName)
        findings += names(in: "networks", .networkName)
        for network in fixedSubnets {
            findings.append(
                finding(
                    .subnet, nil, network.subnet.scalar?.text, network.subnet,
                    "network `\(network.key)` has the same subnet in every checkout, which only one at a time can "
                        + "have: `--isolate networks`"))
        }
        return findings
    }

    private func findings(of service: ComposeService, _ node: YAMLNode) -> [ComposeFinding] {
        var findings: [ComposeFinding] = []
        if service.networkMode == "host", let mode = node["network_mode"] {
            findings.append(
                finding(
                    .hostNetwork, service.name, nil, mode,
                    "`\(service.name)` is on the host's network: what it binds is not seen and cannot move"))
        }
        if service.replicas > 1 { findings += replicatedPorts(of: service) }
        if let name = service.containerName, let place = node["container_name"] {
            findings.append(
                finding(
                    .containerName, service.name, name, place,
                    "container `\(name)` can exist once: other checkouts put their project's name before it"))
        }
        let tags = node["build"]?["tags"]?.elements ?? []
        for image in (node["build"] == nil ? [] : [node["image"]].compactMap(\.self)) + tags {
            guard !image.followsProject, let tag = image.scalar?.text else { continue }
            findings.append(
                finding(
                    .image, service.name, tag, image,
                    "`\(service.name)` is built as `\(tag)`: other checkouts put their project's name behind it"))
        }
        for pair in node["networks"]?.pairs ?? [] {
            for key in ["ipv4_address", "ipv6_address"] {
                guard let address = pair.value[key], let text = address.scalar?.text else { continue }
                findings.append(
                    finding(
                        .address, service.name, text, address,
                        "`\(service.name)` has the same address in network `\(pair.key)` in every checkout: "
                            + "`--isolate networks`"))
            }
        }
        return findings
    }

    private func replicatedPorts(of service: ComposeService) -> [ComposeFinding] {
        ports.filter { $0.service == service.name }.compactMap { port in
            guard let number = port.published.port else { return nil }
            return ComposeFinding(
                kind: .replicas, service: service.name, name: "\(number)", file: port.file, line: port.line,
                message: "`\(service.name)` has \(service.replicas) replicas, and only one can publish \(number)")
        }
    }

    private func names(in section: String, _ kind: ComposeFinding.Kind) -> [ComposeFinding] {
        fixedNames(in: section).map { entry in
            let name = entry.name.scalar?.text ?? ""
            let message =
                "\(section.dropLast()) `\(entry.key)` is called `\(name)` in every checkout: "
                + (kind == .volumeName
                    ? "other checkouts have their own instead" : "`--isolate \(section)` gives each its own")
            return finding(kind, nil, name, entry.name, message)
        }
    }

    func finding(
        _ kind: ComposeFinding.Kind, _ service: String?, _ name: String?, _ place: YAMLNode, _ message: String
    ) -> ComposeFinding {
        ComposeFinding(
            kind: kind, service: service, name: name, file: file(of: place.location),
            line: Int(place.location.line), message: message)
    }

    /// The file that a place in `document` is in.
    func file(of location: SourceLocation) -> String {
        sources.indices.contains(Int(location.file)) ? sources[Int(location.file)] : "-"
    }
}
