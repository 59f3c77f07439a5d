import PortrunBase

extension MainServicesOverride {
    /// Makes the network and connects the main worktree's containers to it, as far as they are not yet.
    ///
    /// - Returns: the services that have no running container in the main worktree; none when the engine does not
    ///   answer, for the command itself will say so better.
    package func connect(by engine: EngineCall, environment: Environment) -> [String] {
        let format = "{{range $id, $container := .Containers}}{{$id}} {{end}}"
        var connected = engine.run(["network", "inspect", "--format", format, network.name], environment: environment)
        if connected.status != 0 {
            connected.output = ""
            let made = engine.run(
                ["network", "create", "--label", "io.portrun.shared=\(mainProject)", network.name],
                environment: environment)
            guard made.status == 0 else { return [] }
        }
        var missing: [String] = []
        for service in services {
            let found = engine.run(
                [
                    "ps", "-q", "--no-trunc", "--filter", "label=com.docker.compose.project=\(mainProject)",
                    "--filter", "label=com.docker.compose.service=\(service.name)",
                    "--filter", "label=com.docker.compose.oneoff=False",
                ], environment: environment)
            let containers = found.output.split(separator: "\n").map(String.init)
            if found.status == 0, containers.isEmpty { missing.append(service.name) }
            for container in containers where !connected.output.contains(container) {
                let aliases = service.aliases.flatMap { ["--alias", $0] }
                _ = engine.run(
                    ["network", "connect"] + aliases + [network.name, container], environment: environment)
            }
        }
        return missing
    }
}
