import PortrunBase

/// The network on which a checkout's containers meet services of the main worktree's.
///
/// Outside both compose projects, so that no `down` ends it.
package struct MainServicesNetwork: Sendable, Equatable {
    /// The compose project of the checkout.
    let project: String

    /// Docker asks the networks of a container for a name in the order of theirs (libnetwork, Endpoint.Less), so this
    /// one comes last: a shared service still finds its neighbours in the main worktree, and not ours.
    package var name: String { Self.prefix + project }

    static let prefix = "zz_portrun_"

    /// The network's state in an engine.
    package enum State: Sendable {
        case missing
        /// Containers of the checkout are on it, stopped ones too.
        case used
        /// At most containers of the main worktree are on it, which portrun has connected.
        case unused
        /// The engine does not answer.
        case unknown
    }

    package func state(by engine: EngineCall, environment: Environment) -> State {
        let found = engine.run(
            ["network", "ls", "--filter", "name=^\(name)$", "--format", "{{.Name}}"], environment: environment)
        guard found.status == 0 else { return .unknown }
        guard !found.output.isEmpty else { return .missing }
        let own = engine.run(
            ["ps", "-aq", "--filter", "network=\(name)", "--filter", "label=com.docker.compose.project=\(project)"],
            environment: environment)
        return own.status != 0 ? .unknown : own.output.isEmpty ? .unused : .used
    }

    /// Takes the main worktree's containers off the network and removes it, unless a container of ours is on it.
    package func remove(by engine: EngineCall, environment: Environment) {
        guard case .unused = state(by: engine, environment: environment) else { return }
        let theirs = engine.run(["ps", "-aq", "--filter", "network=\(name)"], environment: environment)
        for container in theirs.output.split(separator: "\n") {
            _ = engine.run(["network", "disconnect", name, String(container)], environment: environment)
        }
        _ = engine.run(["network", "rm", name], environment: environment)
    }
}
