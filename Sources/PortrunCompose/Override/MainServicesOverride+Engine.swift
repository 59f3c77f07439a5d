import PortrunBase

extension MainServicesOverride {
    /// Makes the network and connects the main worktree's containers to it, as far as they are not yet.
    ///
    /// - Parameter engine: the words that call the engine's program, such as `docker --context x`.
    /// - Returns: the services that have no running container in the main worktree; none when the engine does not
    ///   answer, for the command itself will say so better.
    package func connect(by engine: [String], environment: Environment) -> [String] {
        guard let program = CapturedProgram(engine[0], environment: environment) else { return [] }
        let format = "{{range $id, $container := .Containers}}{{$id}} {{end}}"
        var connected = program.run(engine + ["network", "inspect", "--format", format, network.name])
        if connected.status != 0 {
            connected.output = ""
            let made = program.run(
                engine + ["network", "create", "--label", "io.portrun.shared=\(mainProject)", network.name])
            guard made.status == 0 else { return [] }
        }
        var missing: [String] = []
        for service in services {
            let found = program.run(
                engine + [
                    "ps", "-q", "--no-trunc", "--filter", "label=com.docker.compose.project=\(mainProject)",
                    "--filter", "label=com.docker.compose.service=\(service.name)",
                    "--filter", "label=com.docker.compose.oneoff=False",
                ])
            let containers = found.output.split(separator: "\n").map(String.init)
            if found.status == 0, containers.isEmpty { missing.append(service.name) }
            for container in containers where !connected.output.contains(container) {
                let aliases = service.aliases.flatMap { ["--alias", $0] }
                _ = program.run(engine + ["network", "connect"] + aliases + [network.name, container])
            }
        }
        return missing
    }
}
