import PortrunBase
import PortrunCompose

extension Launch {
    /// A warning when the user names the compose project, and containers of that name run in another checkout.
    ///
    /// Compose would take those for the containers to replace. Asks the engine, so it is for commands that start some.
    func takenProject(in workplace: Workplace) -> Warning? {
        guard let compose, compose.startsContainers else { return nil }
        let chosen = compose.projectName ?? workplace.userEnvironment["COMPOSE_PROJECT_NAME"] ?? ""
        guard !chosen.isEmpty else { return nil }
        for container in workplace.runningContainers() where container.project == chosen {
            guard let folder = container.workingDirectory, Path.relative(folder, to: workplace.context.path) == nil
            else { continue }
            return Warning(
                "`\(chosen)` runs in `\(folder)` too, and `\(compose.subcommand ?? "")` replaces its containers: "
                    + "leave `-p` or COMPOSE_PROJECT_NAME out, and each checkout gets its own name")
        }
        return nil
    }
}
