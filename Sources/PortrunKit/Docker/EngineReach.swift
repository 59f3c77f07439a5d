import PortrunBase
import PortrunCompose
import PortrunRegistry

/// What the container engine has, as far as a command line of docker reaches it other than by a name of the project's: by an
/// id, in a list, or by removing what is unused. Some of it is other checkouts'.
///
/// Asked before the registry is; whose each thing is depends on the compose projects that the registry has noted.
struct EngineReach: Sendable {
    private struct Found: Sendable {
        let kind: EngineThing.Kind
        let thing: EngineThing
        /// What the thing, or its project, is called in this checkout, if it is of the repository.
        let nameHere: OwnName?
    }

    private let command: DockerCommand
    private let unknown: [DockerName]
    private let found: [Found]
    /// Of this checkout, then of others of its repository.
    private let folders: [String]
    private let main: (label: String, path: String)?

    /// - Parameter unknown: what the command changes and calls by no name of the project's.
    /// - Returns: nil where nothing is reached so, or nothing that the engine has.
    init?(_ command: DockerCommand, _ unknown: [DockerName], _ names: ProjectNames, in checkout: Checkout) {
        guard command.listed != nil || command.isPrune || !unknown.isEmpty, !command.namesEngine,
            checkout.context.isGuest,
            let repository = checkout.context.repository
        else {
            return nil
        }
        // Whoever looks at a list sees whose each thing is.
        if command.listed != nil, checkout.system.isStandardOutputTerminal { return nil }
        // The command would wait for the engine in any case.
        let engine = ContainerEngine(
            environment: checkout.userEnvironment, home: checkout.system.home, patience: .seconds(60))
        let kinds: [(EngineThing.Kind, DockerName.Kind)] = [
            (.container, .container), (.volume, .volume), (.network, .network),
        ]
        // Without compose's folder nothing tells whose project another checkout's volumes are.
        found = kinds.filter { $0.0 == .container || command.isPrune || command.listed == $0.0 }.flatMap {
            kind, named in
            engine.all(kind).map { thing in
                let name =
                    thing.project.map { DockerName(.project, called: $0) } ?? DockerName(named, called: thing.name)
                return Found(kind: kind, thing: thing, nameHere: names.change(of: name))
            }
        }
        if found.isEmpty { return nil }
        self.command = command
        self.unknown = unknown
        main = checkout.placeOfMain()
        folders =
            [checkout.context.path] + (main.map { [$0.path] } ?? [])
            + checkout.linkedWorktrees(of: repository).filter { $0 != checkout.context.path }
    }

    /// What of it is another checkout's, as long as `own` is the compose project here.
    ///
    /// - Parameter records: the repository's other contexts.
    func others(besides own: String, _ records: [ContextRecord]) -> [OthersThing] {
        var paths: [ExactString: String] = [:]
        for record in records {
            if let project = record.project { paths[ExactString(project)] = record.path }
        }
        for one in found {
            if let project = one.thing.project.map(ExactString.init), paths[project] == nil,
                let folder = folder(of: one.thing)
            {
                paths[project] = folder
            }
        }
        return found.compactMap { one in
            var path = folder(of: one.thing)
            if path == nil, one.thing.project != own {
                let text = one.thing.project ?? one.thing.name
                path =
                    one.thing.project.flatMap { paths[ExactString($0)] }
                    ?? one.nameHere.flatMap { $0.text(in: own) == text ? nil : main?.path }
            }
            guard let path, path != folders[0] else { return nil }
            let label = path == main?.path ? main?.label : records.first { $0.path == path }?.label
            return OthersThing(thing: one.thing, place: label ?? path)
        }
    }

    /// The checkout that a container was started from.
    private func folder(of thing: EngineThing) -> String? {
        guard let directory = thing.workingDirectory else { return nil }
        return Path.innermost(of: folders, around: directory).flatMap {
            FileSystem.hasCheckout(between: directory, and: $0) ? nil : $0
        }
    }

    /// All that the command lists, without what is others'.
    func listed(besides others: [OthersThing]) -> [EngineThing] {
        found.filter { $0.kind == command.listed }.map(\.thing).filter { thing in
            !others.contains { $0.thing == thing }
        }
    }

    /// What the command would do something to and is others'.
    func changed(_ others: [OthersThing]) -> [(name: DockerName, other: OthersThing)] {
        unknown.compactMap { name in
            // A name comes before an id.
            let named = found.map(\.thing).first { $0.id != nil && $0.name == name.text }
            let other = others.first { other in
                named.map { other.thing == $0 } ?? other.thing.isCalled(name.text)
            }
            return other.map { (name, $0) }
        }
    }
}

/// What a container engine has of another checkout.
struct OthersThing: Sendable {
    let thing: EngineThing
    /// The label of the checkout, or its path.
    let place: String
}

/// Why a command of docker is not run: all that it would be done to is another checkout's.
package struct EngineReachError: ReportableError, Equatable {
    let id: String
    let name: String
    let place: String
    let command: String

    package var message: String { "`\(id)` is `\(name)` of \(place), and `\(command)` is not for that here" }

    package var hint: String? { "put `PORTRUN=0` before the command to reach it" }
}
