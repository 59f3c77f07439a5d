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
    private let userEnvironment: Environment

    /// Discovers what `words`, the command, need in a workplace; no words stand for whatever a shell may run there.
    ///
    /// A compose file that cannot be read is a warning: the command still runs, and compose itself will complain.
    init(_ words: [String], _ wishes: BookingPlan.Wishes, isDiscovering: Bool, in workplace: Workplace) {
        userEnvironment = workplace.userEnvironment
        compose = ComposeCommand(words)
        var project = isDiscovering ? ComposeReader.readLeniently(workplace.composeRequest(compose)) : nil
        for scale in compose?.scales(in: words) ?? [] { project?.scale(scale.service, to: scale.replicas) }
        self.project = project
        plan = BookingPlan(
            wishes, folder: workplace.context.folder, declared: project?.ports ?? [], hasPrimary: compose == nil,
            environment: userEnvironment)
        warnings =
            workplace.context.warnings + (project?.warnings ?? [])
            + (project?.replicaWarnings(seenFrom: workplace.workingDirectory) ?? [])
    }

    /// What moves the ports that the project's files fix; nil when nothing has to.
    ///
    /// - Parameter booked: for each request of the plan.
    func override(_ booked: [PortRange?]) -> ComposeOverride? {
        guard let project else { return nil }
        let ports = plan.byEntry(booked, project.ports)
        return ComposeOverride(moving: project.ports, to: ports)
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
