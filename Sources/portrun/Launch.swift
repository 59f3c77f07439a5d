import PortrunCore
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
    private let isolated: Isolation
    private let userEnvironment: Environment

    /// Discovers what `words`, the command, need in a workplace; no words stand for whatever a shell may run there.
    ///
    /// A compose file that cannot be read is a warning: the command still runs, and compose itself will complain.
    /// - Parameter options: what the user asked for on the command line.
    init(_ words: [String], _ options: RunOptions, in workplace: Workplace) {
        userEnvironment = workplace.userEnvironment
        isolated = options.isolated
        compose = ComposeCommand(words)
        let request = workplace.composeRequest(compose)
        var found = options.isDiscovering ? ComposeReader.readLeniently(request) : nil
        let shared = found?.sharedServices(options.sharedServices, seenFrom: workplace.workingDirectory)
        sharing = found.flatMap { Sharing(shared?.names ?? [], of: $0, request, in: workplace) }
        if let sharing { found?.deactivatePorts(of: sharing.names) }
        project = found
        plan = BookingPlan(
            options.wishes, folder: workplace.context.folder, declared: project?.ports ?? [],
            hasPrimary: compose == nil,
            environment: userEnvironment)
        warnings = workplace.context.warnings + (project?.warnings ?? []) + (shared?.warnings ?? [])
    }

    /// What lets the project run beside others; nil when nothing has to change.
    ///
    /// - Parameter bookings: one for each request of the plan.
    func override(_ bookings: [Booking], _ policy: RemapPolicy) -> ComposeOverride? {
        guard let project else { return nil }
        let booked = plan.byEntry(bookings.map { $0.port }, count: project.ports.count)
        return ComposeOverride(
            of: project, booked: booked.map { $0.flatMap { PortRange($0, $0) } }, policy: policy)
    }

    /// Which values of the project still name a port that has another number here.
    ///
    /// - Parameter bookings: one for each request of the plan.
    func oldPortFindings(_ bookings: [Booking]) -> [ComposeFinding] {
        guard let project else { return [] }
        let booked = plan.byEntry(bookings.map { $0.port }, count: project.ports.count)
        return project.oldPortFindings(project.moved(to: booked))
    }

    /// What the override changes beside ports.
    ///
    /// - Parameter name: the `COMPOSE_PROJECT_NAME` that the command gets; nil to leave the user's.
    func policy(
        _ transaction: Transaction, _ context: Context, project name: String?
    ) throws(RegistryError) -> RemapPolicy {
        guard !context.isMain, let own = compose?.projectName ?? name ?? project?.name else { return RemapPolicy() }
        return RemapPolicy(project: own, isolated: isolated, shared: try sharing?.services(transaction, for: own))
    }

    /// `COMPOSE_PROJECT_NAME`: nil when the user has set it, when nothing is composed, and in the main worktree, where
    /// compose's own choice finds the volumes that exist.
    func projectName(
        _ transaction: Transaction, _ record: ContextRecord, _ context: Context
    ) throws(RegistryError) -> String? {
        let isChosen = !(userEnvironment["COMPOSE_PROJECT_NAME"] ?? "").isEmpty
        guard project != nil || compose != nil, !context.isMain, !isChosen else { return nil }
        return try transaction.projectName(of: record, context)
    }
}

extension Workplace {
    /// The compose project that `command` addresses, or the one that compose finds by itself.
    func composeRequest(_ command: ComposeCommand? = nil) -> ComposeRequest {
        command?.request(workingDirectory: workingDirectory, environment: userEnvironment)
            ?? ComposeRequest(workingDirectory: workingDirectory, environment: userEnvironment)
    }
}
