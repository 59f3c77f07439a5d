import PortrunBase

extension ComposeOverride {
    /// Lets values inside the containers name the ports where they are published here.
    ///
    /// As a mapping, which compose and podman-compose lay over a list too.
    mutating func addValues(
        of project: ComposeProject, _ booked: [PortRange?], _ envFiles: ServiceEnvFiles, _ look: Look
    ) {
        for value in project.followingValues(booked, envFiles, look) {
            let entry = JSONValue.object(JSONValue.KeyValuePairs([(value.name, .string(value.new))]))
            switch value.table {
            case .environment: set("environment", of: value.service, to: entry)
            case .buildArguments: set("build", of: value.service, to: .object(["args": entry]))
            }
        }
    }
}
