import PortrunBase
import PortrunCompose

extension Preparation {
    /// A warning when the user names the compose project, and containers of that name run in another checkout.
    ///
    /// Compose would take those for the containers to replace. Asks the engine, so it is for commands that start some.
    package func takenProject() -> Warning? {
        let checkout = plan.checkout
        guard let compose = plan.compose, compose.startsContainers else { return nil }
        let chosen =
            booked.demandedProject ?? compose.projectName ?? checkout.userEnvironment["COMPOSE_PROJECT_NAME"] ?? ""
        guard !chosen.isEmpty else { return nil }
        for container in checkout.runningContainers() where container.project == chosen {
            guard let folder = container.workingDirectory, Path.relative(folder, to: checkout.context.path) == nil
            else { continue }
            return Warning(
                "`\(chosen)` runs in `\(folder)` too, and `\(compose.subcommand ?? "")` replaces its containers: "
                    + "leave `-p` or COMPOSE_PROJECT_NAME out, and each checkout gets its own name")
        }
        return nil
    }
}
