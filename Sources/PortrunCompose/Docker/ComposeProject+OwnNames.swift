import PortrunBase

/// The names of the things that compose makes of the project.
extension ComposeProject {
    /// What compose puts behind the project's name for a container, volume or network of it: `-db-1`, `_data`.
    ///
    /// - Parameter projects: names that compose may give the project elsewhere.
    /// - Returns: nil when `name` is none of them.
    package func ending(of name: String, _ kind: DockerName.Kind, in projects: [String]) -> String? {
        for project in projects where !project.isEmpty {
            guard let ending = name.rest(after: project) else { continue }
            let isOwn =
                switch kind {
                case .container: services.contains { Self.isContainer(ending, of: $0.name) }
                case .volume: keys(in: "volumes").contains { ending == "_" + $0 }
                case .network: ending == "_default" || keys(in: "networks").contains { ending == "_" + $0 }
                case .image, .project, .any, .service, .published, .exposed: false
                }
            if isOwn { return ending }
        }
        return nil
    }

    /// True when a filter by this finds containers of the project.
    package func isFound(by name: DockerName) -> Bool {
        switch name.kind {
        case .service: services.contains { $0.name == name.text }
        case .published:
            ports.contains { port in
                guard case .ports(let range, _) = port.published, let number = Port(name.text) else { return false }
                return range.first <= number && number <= range.last
            }
        case .exposed: ports.contains { $0.target.description == name.text }
        case .container, .volume, .network, .image, .project, .any: false
        }
    }

    /// The new name of a volume or network that a file gives one name everywhere; nil where it keeps that.
    package func isolated(_ name: String, in section: String) -> OwnName? {
        fixedNames(in: section).first { $0.name.scalar?.text == name }.map { .entry($0.key) }
    }

    /// True for a volume or network that the project only borrows.
    package func borrows(_ name: String, in section: String) -> Bool {
        (document[section]?.pairs ?? []).contains { pair in
            pair.value.isExternal
                && (pair.value["name"] ?? pair.value["external"]?["name"])?.string ?? pair.key == name
        }
    }

    private func keys(in section: String) -> [String] { document[section]?.pairs?.map(\.key) ?? [] }

    /// `-db-1`; `_db_1` with podman-compose and compose 1.
    private static func isContainer(_ ending: String, of service: String) -> Bool {
        ["-", "_"].contains { separator in
            ending.rest(after: separator + service + separator).flatMap { Int($0) } != nil
        }
    }
}
