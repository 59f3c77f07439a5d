import PortrunBase
import PortrunCompose

/// What a command line of docker needs of a launch: names of the project in it, and ports that it publishes.
package struct DockerPlan: Sendable {
    package let command: DockerCommand
    /// For each of the command's names, what it is in another checkout than the main one; nil for somebody else's.
    let changes: [OwnName?]
    /// The ports that it publishes.
    let ports: [DeclaredPort]
    /// What its env files let a container reach may be another checkout's.
    private let isToldOfFiles: Bool
    /// It looks for a port that may have moved.
    private let findsMoved: Bool
    /// What it reaches without naming it; nil for nothing.
    let reach: EngineReach?

    /// - Parameter project: the one that compose finds by itself.
    init(_ command: DockerCommand, of project: ComposeProject?, _ isolated: Isolation, in checkout: Checkout) {
        self.command = command
        findsMoved = command.findsPublished && checkout.context.isGuest
        isToldOfFiles = !command.envFiles.isEmpty && !checkout.context.isMain
        let names = ProjectNames(of: project, isolated, in: checkout)
        changes = command.names.map(names.change)
        let unknown = zip(command.names, changes).filter { $0.1 == nil }.map(\.0)
        reach = EngineReach(command, command.changed.filter(unknown.contains), names, in: checkout)
        guard let service = command.service else {
            ports = []
            return
        }
        // A service of compose with this name and other ports is another thing.
        let published = command.ports(of: service)
        let others = (project?.ports ?? []).filter { $0.service == service }
        let isOther =
            !others.isEmpty && !published.allSatisfy { port in others.contains { $0.published == port.published } }
        ports = isOther ? command.ports(of: service + "-run") : published
    }

    /// True when portrun has nothing to do with the command.
    var concernsNothing: Bool {
        ports.isEmpty && !isToldOfFiles && !findsMoved && reach == nil && changes.allSatisfy { $0 == nil }
    }

    /// That a command asks a registry for this checkout's own tag of an image; nil for any other.
    ///
    /// - Parameter project: the compose project of the checkout; nil where tags stay as they are.
    func warning(in project: String?) -> Warning? {
        guard let project, command.pullsImage else { return nil }
        for (name, change) in zip(command.names, changes) {
            guard let own = change?.text(in: project), own != name.text else { continue }
            return Warning(
                "`\(name.text)` is `\(own)` in this checkout, and the main worktree's tag stays as it is: build it here, or "
                    + "put `PORTRUN=0` before the command to get the one that all checkouts share")
        }
        return nil
    }

    /// Keeps the command from what other checkouts have in the engine and it does not name.
    ///
    /// - Returns: what the user should know of it.
    /// - Throws: `EngineReachError` where nothing else is left of it.
    func keepOff(_ others: [OthersThing], in arguments: inout [[UInt8]]) throws(EngineReachError) -> [Warning] {
        guard let reach, !others.isEmpty else { return [] }
        let typed = command.typed
        if command.listed != nil {
            command.list(only: reach.listed(besides: others), in: &arguments)
        } else if command.isPrune {
            let projects = Set(others.compactMap { $0.thing.project.map(ExactString.init) })
            if !projects.isEmpty { command.spare(projects, in: &arguments) }
            guard projects.count > 1 else { return [] }
            return [
                Warning(
                    "`\(typed)` leaves what compose has made: \(projects.count) of the projects are other checkouts', and "
                        + "an engine can leave out one alone; `PORTRUN=0` before the command removes it all")
            ]
        } else if case let found = reach.changed(others), let first = found.first {
            guard command.leaveOut(found.map(\.name), in: &arguments) else {
                throw EngineReachError(
                    id: first.name.text, name: first.other.thing.name, place: first.other.place, command: typed)
            }
            return found.map { name, other in
                Warning(
                    "`\(typed)` leaves out `\(name.text)`: it is `\(other.thing.name)` of \(other.place); `PORTRUN=0` "
                        + "before the command reaches it")
            }
        }
        return []
    }

    /// The names that the command gives, for other checkouts to know.
    var notes: [NameNote] {
        zip(command.names, changes).compactMap { name, change in
            guard let change, name.isGiven || name.isMounted else { return nil }
            return NameNote(text: name.text, kind: name.kind, name: change)
        }
    }
}
