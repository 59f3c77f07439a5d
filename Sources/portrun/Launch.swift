import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunRegistry

/// What is known of a launch before anything is booked.
struct Launch {
    let plan: BookingPlan
    let warnings: [Warning]
    /// The compose project that was found.
    let project: ComposeProject?
    /// The command, when it is compose itself.
    let compose: ComposeCommand?
    /// What is used of the main worktree's; nil for nothing.
    let sharing: Sharing?
    /// The servers of known frameworks that the command starts.
    let calls: FrameworkCalls
    let options: RunOptions
    private let userEnvironment: Environment

    /// Discovers what `words`, the command, need in a workplace; no words stand for whatever a shell may run there.
    ///
    /// A compose file that cannot be read is a warning: the command still runs, and compose itself will complain.
    /// - Parameters:
    ///   - options: what the user asked for on the command line.
    ///   - composeFile: what `words` are given on standard input, when that is a compose file.
    ///   - isVerbatim: the words are another tool's, so that none of them is for portrun.
    init(
        _ words: [String], _ options: RunOptions, composeFile: [UInt8]? = nil, isVerbatim: Bool = false,
        in workplace: Workplace
    ) {
        userEnvironment = workplace.userEnvironment
        self.options = options
        compose = ComposeCommand(words)
        var request = workplace.composeRequest(compose)
        request.standardInput = composeFile
        var found = options.isDiscovering ? ComposeReader.readLeniently(request) : nil
        for scale in compose?.scales ?? [] { found?.scale(scale.service, to: scale.replicas) }
        let shared = Sharing.taken(from: &found, names: options.sharedServices, request, in: workplace)
        sharing = shared.sharing
        project = found
        // Who listens for the server gives it sockets, and no port.
        calls =
            compose == nil && options.isDiscovering && !isVerbatim && options.wishes.listens == nil
            ? FrameworkCalls(words, in: workplace.workingDirectory, setsPort: options.wishes.variable == "PORT")
            : FrameworkCalls()
        var wishes = options.wishes
        for placeholder in isVerbatim ? [] : Placeholder.all(in: words) {
            if let service = placeholder.service { wishes.books.append(service) }
        }
        let (projectFolder, obeysPort) = (project?.directory, calls.calls.allSatisfy { $0.framework.readsPort })
        plan = BookingPlan(
            wishes, folder: workplace.context.folder, declared: project?.ports ?? [],
            hasPrimary: compose == nil,
            servers: calls.servers(root: workplace.context.path, workingDirectory: workplace.workingDirectory),
            environment: userEnvironment
        ) {
            // What ignores `PORT` may stand beside a program that the env file is for.
            guard options.isDiscovering, obeysPort || wishes.variable != "PORT" else { return nil }
            return workplace.port(of: wishes.variable, inFilesOf: projectFolder, options.rewriting)
        }
        warnings =
            workplace.context.warnings + (project?.warnings ?? []) + shared.warnings
            + (project?.replicaWarnings(relativeTo: workplace.workingDirectory) ?? [])
    }

    /// What lets the project run beside others; nil when nothing has to change.
    ///
    /// - Parameters:
    ///   - booked: for each request of the plan.
    ///   - state: where portrun keeps its files; a project with an override of ours among its files needs no second.
    func override(_ booked: [PortRange?], _ policy: RemapPolicy, state: StateFolder) -> ComposeOverride? {
        guard let project, !project.hasOverride(in: state) else { return nil }
        return ComposeOverride(of: project, booked: plan.byEntry(booked, project.ports), policy: policy)
    }

    /// Which values and variables of the project do not follow the ports that have another number here.
    ///
    /// - Parameter booked: for each request of the plan.
    func movedPortFindings(_ booked: [PortRange?]) -> [ComposeFinding] {
        guard let project else { return [] }
        return project.movedPortFindings(plan.byEntry(booked, project.ports))
    }

    /// What the override changes beside the numbers of ports.
    ///
    /// - Parameter name: what `projectName` gave.
    func policy(
        _ transaction: Transaction, _ context: Context, project name: String?
    ) throws(RegistryError) -> RemapPolicy {
        let isAlone = context.isMain || (context.isPlainFolder && name == project?.name)
        let own = isAlone ? nil : compose?.projectName ?? name ?? project?.name
        return RemapPolicy(
            project: own, isPublishingBare: options.wishes.isPublishingBare, isolated: options.isolated,
            mainServices: try own.flatMap { own throws(RegistryError) in try sharing?.services(transaction, for: own) })
    }

    /// `COMPOSE_PROJECT_NAME`: nil when the user has set it, when nothing is composed, and in the main worktree, where
    /// compose's own choice finds the volumes that exist. It is that choice too in the only folder of its name outside
    /// git.
    func projectName(
        _ transaction: Transaction, _ record: ContextRecord, _ context: Context
    ) throws(RegistryError) -> String? {
        let isChosen = !(userEnvironment["COMPOSE_PROJECT_NAME"] ?? "").isEmpty
        guard project != nil || compose != nil, !context.isMain, !isChosen else { return nil }
        return try transaction.projectName(of: record, context, own: project?.name)
    }
}

extension Launch {
    /// The command's words with its placeholders filled in and its server told the port.
    ///
    /// - Parameters:
    ///   - arguments: the command, byte for byte.
    ///   - booked: for each request of the plan.
    func told(_ arguments: [[UInt8]], _ booked: [PortRange?]) throws(UsageError) -> [[UInt8]] {
        var isMissing = false
        // First the server: where its words go in a text is counted in what the user has typed.
        let filled = Placeholder.filled(calls.told(arguments, serverPorts(booked))) { service in
            guard let service else {
                isMissing = isMissing || plan.primary == nil
                return plan.primary.flatMap { booked[$0]?.first }
            }
            return plan.port(of: service, booked)
        }
        if isMissing { throw .noOwnPort }
        return filled
    }

    /// What tells servers their port that the command's words do not reach; nil when there are none.
    func preload(_ booked: [PortRange?], for owner: FileOwner) -> NodePreload? {
        NodePreload(calls.calls, serverPorts(booked), for: owner)
    }

    /// Variables that tell servers their port which neither words nor the preload reach.
    func settings(_ booked: [PortRange?]) -> [(name: String, value: String)] {
        calls.settings(serverPorts(booked), userEnvironment)
    }

    private func serverPorts(_ booked: [PortRange?]) -> [Port?] { plan.serverRequests.map { booked[$0]?.first } }

    /// Lets containers here reach the services of the main worktree, and tells which of them do not run.
    ///
    /// - Parameters:
    ///   - engine: the words that call the engine's program.
    ///   - owner: whose checkout it is.
    func connect(
        _ shared: MainServicesOverride?, by engine: [String], for owner: FileOwner, isQuiet: Bool,
        in workplace: Workplace
    ) {
        guard let shared, let sharing else { return }
        NetworkNote.save(shared.network, of: owner, engine: engine, in: StateFolder(workplace.location.folder))
        let missing = shared.connect(by: engine, environment: workplace.userEnvironment)
        for name in missing where !isQuiet {
            Report.notice("`\(name)` does not run in the main worktree: start it in `\(sharing.main.path)`")
        }
    }
}

extension Workplace {
    /// The port that env files give a variable, those of the compose project in `folder`, then those of the command.
    fileprivate func port(of variable: String, inFilesOf folder: String?, _ rewriting: Rewriting) -> Port? {
        let files = rewriting.envFiles.map { Path.absolute($0, in: workingDirectory) }
        // A file that is not there is told of where its values are rewritten.
        let variables = try? EnvFileVariables(
            in: [folder ?? workingDirectory, workingDirectory], files: files, environment: userEnvironment)
        return variables?.port(variable, in: userEnvironment)
    }

    /// The compose project that `command` addresses, or the one that compose finds by itself.
    func composeRequest(_ command: ComposeCommand? = nil) -> ComposeRequest {
        command?.request(workingDirectory: workingDirectory, environment: userEnvironment)
            ?? ComposeRequest(workingDirectory: workingDirectory, environment: userEnvironment)
    }
}
