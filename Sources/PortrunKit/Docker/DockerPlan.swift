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

    /// - Parameter project: the one that compose finds by itself.
    init(_ command: DockerCommand, of project: ComposeProject?, _ isolated: Isolation, in checkout: Checkout) {
        self.command = command
        findsMoved = command.findsPublished && checkout.context.isGuest
        isToldOfFiles = !command.envFiles.isEmpty && !checkout.context.isMain
        let names = ProjectNames(of: project, isolated, in: checkout)
        changes = command.names.map(names.change)
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
    var concernsNothing: Bool { ports.isEmpty && !isToldOfFiles && !findsMoved && changes.allSatisfy { $0 == nil } }

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

    /// The names that the command gives, for other checkouts to know.
    var notes: [NameNote] {
        zip(command.names, changes).compactMap { name, change in
            guard let change, name.isGiven || name.isMounted else { return nil }
            return NameNote(text: name.text, kind: name.kind, name: change)
        }
    }
}
