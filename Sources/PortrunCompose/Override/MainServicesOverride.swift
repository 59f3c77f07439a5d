import PortrunBase

/// The services of a project that a checkout uses of the main worktree's instead of starting its own.
///
/// Their containers there are connected to a network that is made for this checkout alone, which the services here
/// join. Joining the main worktree's own network would be simpler, but compose gives every container the name of its
/// service on each network that it joins: half of the requests for `api` over there would then come here.
package struct MainServicesOverride: Sendable, Equatable {
    /// In the order of the project; never empty.
    package let services: [Service]
    /// Where both sides meet.
    package let network: MainServicesNetwork
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
        network = MainServicesNetwork(project: ownProject)
        self.mainProject = mainProject
    }

    package func contains(_ name: String) -> Bool { services.contains { $0.name == name } }
}

extension ComposeProject {
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
