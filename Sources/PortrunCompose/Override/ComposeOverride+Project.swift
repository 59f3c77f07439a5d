import PortrunBase

extension ComposeOverride {
    /// - Parameters:
    ///   - booked: what is booked for each of the project's ports; nil keeps what is declared.
    /// - Returns: nil when nothing has to change.
    package init?(of project: ComposeProject, booked: [PortRange?], policy: RemapPolicy) {
        self.init(services: project.services.map(\.name))
        addPorts(project.ports, booked, policy)
        if policy.changesValues { addValues(of: project, booked, policy.envFiles) }
        if let prefix = policy.project { nameContainers(of: project, after: prefix) }
        addIsolation(of: project, policy)
        addMainServices(of: project, policy)
        guard !isEmpty else { return nil }
    }
}
