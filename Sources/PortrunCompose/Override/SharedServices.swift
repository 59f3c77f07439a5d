import PortrunBase

/// The services of a project that a checkout uses of the main worktree's instead of starting its own.
///
/// Their containers there are connected to a network that is made for this checkout alone, which the services here
/// join. Joining the main worktree's own network would be simpler, but compose gives every container the name of its
/// service on each network that it joins: half of the requests for `api` over there would then come here.
package struct SharedServices: Sendable, Equatable {
    /// The services in the order of the project; never empty.
    package let services: [Service]
    /// The network on which both checkouts meet.
    package let network: SharedNetwork
    /// The compose project of the main worktree.
    package let mainProject: String

    package struct Service: Sendable, Equatable {
        package let name: String
        /// The names that other services reach it by.
        package let aliases: [String]
    }

    /// - Parameters:
    ///   - names: services of `project`.
    ///   - ownProject: the name of the compose project here.
    package init(_ names: [String], of project: ComposeProject, for ownProject: String, mainProject: String) {
        services = names.map { Service(name: $0, aliases: [$0] + project.aliases(of: $0)) }
        network = SharedNetwork(project: ownProject)
        self.mainProject = mainProject
    }

    package func contains(_ name: String) -> Bool { services.contains { $0.name == name } }
}

extension ComposeProject {
    /// The services that the files say to share: `x-portrun: {share: [db]}`, with the places that say so.
    var sharedByFiles: [(name: String, place: SourceLocation)] {
        (document["x-portrun"]?["share"]?.elements ?? []).compactMap { node in
            node.string.map { ($0, node.location) }
        }
    }

    /// Which of the services that `names` and the files ask for are services of the project, with a warning for each
    /// that is none.
    ///
    /// - Parameter folder: where files are seen from.
    package func sharedServices(
        _ names: [String], seenFrom folder: String
    ) -> (names: [String], warnings: [Warning]) {
        if names.isEmpty, document["x-portrun"] == nil { return ([], []) }
        let known = services.map(\.name)
        let wanted = names + sharedByFiles.map(\.name)
        var warnings = names.filter { !known.contains($0) }.map {
            Warning("there is no service `\($0)` that the main worktree could share")
        }
        for (name, place) in sharedByFiles where !known.contains(name) {
            warnings.append(
                Warning(
                    file: Path.shortest(file(of: place), from: folder), line: Int(place.line),
                    "there is no service `\(name)` to share"))
        }
        return (known.filter { wanted.contains($0) }, warnings)
    }

    /// The further names of a service on its networks.
    fileprivate func aliases(of service: String) -> [String] {
        var aliases: [String] = []
        for pair in document["services"]?[service]?["networks"]?.pairs ?? [] {
            for alias in pair.value["aliases"]?.elements ?? [] {
                if let alias = alias.scalar?.text, !aliases.contains(alias) { aliases.append(alias) }
            }
        }
        return aliases
    }
}

extension ComposeProject {
    /// Takes the ports of these services for inactive: nothing here publishes them.
    package mutating func deactivatePorts(of names: [String]) {
        for index in ports.indices where names.contains(ports[index].service) { ports[index].isActive = false }
    }
}
