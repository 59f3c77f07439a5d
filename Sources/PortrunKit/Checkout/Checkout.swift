import PortrunBase
import PortrunCompose
import PortrunRegistry

/// One checkout of a project on one branch, as a caller stands in it: what everything else starts from.
///
/// In git it is the worktree on its branch, elsewhere the nearest folder with a compose file or a `package.json`. A
/// value: it opens nothing, and it is as old as the system that it was made with, so that a program which runs for long
/// makes a new one for each thing that it does.
public struct Checkout: Sendable {
    package private(set) var system: System
    package let workingDirectory: String
    /// The environment without what an earlier portrun put there.
    package private(set) var userEnvironment: Environment
    package private(set) var context: Context
    /// The path of the first of two clones on one branch, in the second, or of another one that runs something; nil in any
    /// other checkout, and until the registry has told.
    private(set) var firstClone: String?
    /// The one that stands in it.
    package let process: OwnProcess
    package let location: RegistryLocation
    /// `--context`: the name of the context; nil for the checkout's own.
    let name: String?
    /// `--app`: the first part of the label in place of the checkout's own.
    let app: String?
    /// `--instance`: the second part, likewise.
    let instance: String?

    /// Resolves the context of the system's working directory.
    ///
    /// - Parameters:
    ///   - process: the one that stands there.
    ///   - location: of the registry.
    ///   - name: of a context; nil for the checkout's own.
    ///   - app: replaces the first part of the label.
    ///   - instance: replaces the second part.
    /// - Throws: `ContextError`; `CheckoutError` when there is no working directory.
    package init(
        _ system: System, as process: OwnProcess = .current(), location: RegistryLocation, name: String? = nil,
        app: String? = nil, instance: String? = nil
    ) throws {
        guard let workingDirectory = system.workingDirectory else { throw CheckoutError.noWorkingDirectory }
        self.system = system
        self.workingDirectory = workingDirectory
        self.location = location
        self.name = name
        self.app = app
        self.instance = instance
        userEnvironment = Overlay.userEnvironment(system.environment)
        self.process = process
        context = try ContextResolver.resolve(
            ContextRequest(
                workingDirectory: workingDirectory, home: system.home, environment: system.environment, name: name,
                app: app, instance: instance))
        firstClone = context.cloneBeside
    }

    /// True for a context that the user named: it has no path of its own.
    package var isNamed: Bool { name != nil || app != nil || instance != nil }

    /// True when the user named the context of the machine's names, where nothing but `register` books.
    package var isMachine: Bool { name != nil && context.isMachine }

    /// Where portrun keeps its files, beside the registry.
    package var state: StateFolder { location.state }

    /// The containers that run now, as far as an engine tells: to be asked before the registry is locked, and by
    /// nothing that is in a hurry.
    package func runningContainers() -> [Container] {
        ContainerEngine(environment: userEnvironment, home: system.home).runningContainers()
    }

    /// True in git, and where compose finds a file by itself; nothing is read.
    package var hasProject: Bool { context.repository != nil || ComposeLocator.findsFiles(composeRequest()) }

    /// The facts that a transaction needs, as they are now.
    ///
    /// - Parameter containers: those that may hold bookings.
    package func facts(beside containers: [Container] = []) -> SystemFacts {
        var facts = SystemFacts.current(seenBy: process, system, isOwn: isOwn, publishes: publishes)
        facts.containers = containers
        return facts
    }

    /// True for what runs in this checkout, or was started by one of its commands.
    func isOwn(_ process: ListeningProcess) -> Bool {
        if isMachine { return false }
        let variable = "\(Overlay.contextVariable)=\(context.hash)"
        // Everything runs below the folder of a name that the daemon has booked under.
        return isNamed && context.path == "/"
            ? process.wasStarted(in: context.path, having: variable)
            : process.belongs(to: context.path, having: variable)
    }

    /// True for a port that a container publishes whose compose project was started in this checkout. Asks the engine.
    private func publishes(_ port: Port, _ transport: TransportProtocol) -> Bool {
        if isNamed { return false }
        let folders = [context.path] + (context.repository.map(linkedWorktrees) ?? [])
        return runningContainers().contains { container in
            container.published.contains(Container.PublishedPort(port, transport))
                && container.workingDirectory.flatMap { Path.innermost(of: folders, around: $0) } == context.path
        }
    }

    /// Whether the checkout at `path` has `identity` today. A context that the user named has no path of its own.
    package func stillResolves(_ path: String, _ identity: String) -> Bool {
        guard !isNamed else { return false }
        return ContextResolver.path(
            path, stillResolvesTo: identity, home: system.home, environment: system.environment)
    }

    /// The same checkout, known as the second clone on its branch.
    func asSecondClone(besides first: String) -> Checkout {
        var result = self
        result.context = context.qualifiedByPath()
        result.firstClone = first
        return result
    }

    /// The same checkout while another clone of the repository, at `path`, runs something.
    func beside(cloneAt path: String) -> Checkout {
        var result = self
        result.context = context.beside(cloneAt: path)
        result.firstClone = path
        return result
    }

    /// The folder of the checkout that has the ports which this one's files declare; nil where that is this one.
    func folderOfMain() -> String? { firstClone ?? mainWorktree()?.path }

    /// Likewise, with the label that it is called by.
    func placeOfMain() -> (label: String, path: String)? {
        if let firstClone { return (context.label, firstClone) }
        return mainWorktree().map { ($0.label, $0.path) }
    }

    /// The context of the main worktree, in another one of its repository; nil elsewhere. Reads the repository.
    func mainWorktree() -> Context? {
        ContextResolver.mainWorktree(
            beside: ContextRequest(
                workingDirectory: workingDirectory, home: system.home, environment: userEnvironment))
    }

    /// The holder that is the time `length` from now.
    package func expiry(after length: TimeToLive) -> Holder {
        .lasting(length, now: system.now, uptime: system.uptime, seenBy: process)
    }

    /// The same checkout when the clocks say what they say in `system`.
    package func later(in system: System) -> Checkout {
        var result = self
        (result.system.now, result.system.uptime) = (system.now, system.uptime)
        return result
    }

    /// The same checkout without the compose project that its environment names.
    var withoutProject: Checkout {
        var result = self
        result.userEnvironment.remove(ShimSettings.project)
        return result
    }

    /// The compose project that `command` addresses, or the one that compose finds by itself.
    package func composeRequest(_ command: ComposeCommand? = nil) -> ComposeRequest {
        command?.request(workingDirectory: workingDirectory, environment: userEnvironment)
            ?? ComposeRequest(workingDirectory: workingDirectory, environment: userEnvironment)
    }
}

/// Why there is no checkout to work in.
package enum CheckoutError: ReportableError, Equatable {
    /// The working directory was deleted, or its path is not UTF-8.
    case noWorkingDirectory

    package var message: String {
        switch self {
        case .noWorkingDirectory: "the working directory is gone or its path is not UTF-8"
        }
    }

    package var hint: String? {
        switch self {
        case .noWorkingDirectory: "`cd` into another folder"
        }
    }
}
