import PortrunBase

extension ComposeOverride {
    /// - Parameters:
    ///   - booked: what is booked for each of the project's ports; nil keeps what is declared.
    ///   - look: limits the work, for others may wait for the registry; no file is read.
    /// - Returns: nil when nothing has to change.
    package init?(
        of project: ComposeProject, booked: [PortRange?], policy: RemapPolicy, _ look: Look = Look(.ofTransaction)
    ) {
        self.init(services: project.services.map(\.name))
        addPorts(project.ports, booked, policy)
        if policy.changesValues { addValues(of: project, booked, policy.envFiles, look) }
        if let prefix = policy.project { nameContainers(of: project, after: prefix) }
        addIsolation(of: project, policy)
        addMainServices(of: project, policy)
        guard !isEmpty else { return nil }
    }
}
