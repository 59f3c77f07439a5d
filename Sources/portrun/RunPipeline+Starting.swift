import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunLaunch
import PortrunRegistry

/// From what is booked to what runs.
extension RunPipeline {
    /// What has been booked and is about to run.
    struct Started {
        let command: Command
        let context: Context
        let outcome: BookingOutcome
        let overlay: Overlay
        /// The ports of services that the main worktree runs for this one.
        let sharedPorts: [MainServicePort]
        /// The values that follow moved ports; nil when none are looked at.
        let rewrite: EnvironmentRewrite?
        /// Those that the command gets; nil for none.
        let sockets: ListeningSockets?
        /// The services that compose is not to start; nil for none.
        let shared: MainServicesOverride?
        /// The override file that the command was given; nil for none.
        let remap: Remap?
        /// True when a port that the project fixes stays where it is for any compose that the command starts.
        let isLeftBehind: Bool
    }

    /// Books, and makes the command.
    ///
    /// - Parameter isDryRun: write no files; the caller undoes the transaction.
    func start(
        _ launch: Launch, _ shims: ShimFolder?, _ workplace: Workplace, _ transaction: Transaction,
        _ record: ContextRecord, _ context: Context, isDryRun: Bool = false
    ) throws -> Started {
        let terms = BookingTerms(isShared: options.isShared, isEphemeral: options.isEphemeral)
        let (outcome, sockets) = try book(launch.plan, for: record, terms, transaction)
        let name = try launch.projectName(transaction, record, context)
        let policy = try launch.policy(transaction, context, project: name)
        let shared = try launch.sharing?.ports(transaction) ?? []
        var overlay = overlay(of: context, launch, outcome, shared, project: name)
        let rewrite = try launch.rewrite(
            outcome.ports, shared, overlay, for: .command(isShimmed: shims != nil), in: workplace)
        if let rewrite { overlay.follow(rewrite.changes) }
        let state = StateFolder(workplace.location.folder)
        let override = launch.override(outcome.ports, policy, state: state)
        let told = shim == nil ? try launch.told(arguments, outcome.ports) : arguments
        let remap = remap(of: launch, by: override, context, told)
        let arguments = try loading(remap, launch, context, state: state, isDryRun: isDryRun) ?? told
        let own = NodePreload.removed(from: ShimSettings.removed(from: overlay.applied(to: system.environment)))
        var inherited = preloading(
            launch.preload(outcome.ports, for: context.fileOwner), own, state: state, isDryRun: isDryRun)
        sockets?.announce(to: getpid(), in: &inherited)
        var command = command(
            arguments, in: shims.map { leading(to: $0, inherited, workplace) } ?? inherited,
            lookedUpIn: SearchPath(workplace.userEnvironment))
        command.sockets = sockets?.descriptors ?? []
        return Started(
            command: command, context: context, outcome: outcome, overlay: overlay,
            sharedPorts: shared, rewrite: rewrite, sockets: sockets, shared: policy.mainServices,
            remap: remap,
            isLeftBehind: override != nil && launch.compose == nil && shims == nil)
    }

    private func overlay(
        of context: Context, _ launch: Launch, _ outcome: BookingOutcome, _ shared: [MainServicePort], project: String?
    ) -> Overlay {
        Overlay(
            context: context.hash, bookings: outcome.bookings(told: launch.plan),
            primary: launch.plan.primary.map { (outcome.bookings[$0], options.wishes.variable) },
            shared: shared, settings: launch.settings(outcome.ports), project: project,
            environment: system.environment,
            leaving: { launch.compose != nil && launch.project?.insideUse(of: $0) != nil })
    }

    /// What gives a compose command its override file; nil for any other command, and when nothing moves.
    private func remap(
        of launch: Launch, by override: ComposeOverride?, _ context: Context, _ arguments: [[UInt8]]
    ) -> Remap? {
        guard let override, launch.compose != nil, let project = launch.project else { return nil }
        return Remap(override: override, name: project.overrideName(in: context), arguments: arguments)
    }

    /// The words of a compose command with its override file, which is written; nil for none.
    private func loading(
        _ remap: Remap?, _ launch: Launch, _ context: Context, state: StateFolder, isDryRun: Bool
    ) throws -> [[UInt8]]? {
        guard let remap, let compose = launch.compose, let project = launch.project else { return nil }
        let path =
            isDryRun
            ? remap.override.path(as: remap.name, in: state)
            : try remap.override.save(as: remap.name, for: context.fileOwner, in: state)
        return compose.arguments(remap.arguments, loading: project.files, in: project.directory, override: path)
    }

    /// In the place of a tool the program is that tool, whatever it was called by.
    func command(_ arguments: [[UInt8]], in environment: Environment, lookedUpIn path: SearchPath) -> Command {
        if let shim { return Command(arguments: arguments, environment: environment, candidates: shim.candidates) }
        return Command(arguments: arguments, environment: environment, lookedUpIn: path)
    }

    /// The shim for what the command may start; none for compose, which starts nothing that would need it.
    func shimFolder(for launch: Launch, _ workplace: Workplace, isDryRun: Bool = false) -> ShimFolder? {
        guard options.isShimmed, options.isDiscovering, launch.compose == nil else { return nil }
        return reported { () throws(FileError) in
            try ShimFolder(
                in: workplace.location.folder, for: SearchPath(workplace.userEnvironment),
                now: system.now, isDryRun: isDryRun)
        } ?? nil
    }

    /// Corrects the shim while the command starts.
    func refresh(_ shims: ShimFolder) {
        _ = reported { () throws(FileError) in try shims.refresh(now: system.now) }
    }

    /// What `body` gives; nil when it fails, which is no reason not to run the command.
    private func reported<Result>(_ body: () throws(FileError) -> Result) -> Result? {
        do throws(FileError) {
            return try body()
        } catch {
            if !options.isQuiet {
                Report.warning(Warning("compose inside this command keeps its ports: cannot write \(error.message)"))
            }
            return nil
        }
    }

    private func leading(to shims: ShimFolder, _ environment: Environment, _ workplace: Workplace) -> Environment {
        ShimSettings(folder: shims.path, options: options.inherited(in: workplace)).applied(to: environment)
    }

    /// `environment` with what tells servers in node their port.
    private func preloading(
        _ preload: NodePreload?, _ environment: Environment, state: StateFolder, isDryRun: Bool
    ) -> Environment {
        guard let preload else { return environment }
        do throws(FileError) {
            let path = isDryRun ? preload.path(in: state) : try preload.save(in: state)
            return NodePreload.applied(path, to: environment)
        } catch {
            if !options.isQuiet {
                Report.warning(Warning("servers in scripts keep their ports: cannot write \(error.message)"))
            }
            return environment
        }
    }
}
