import PortrunBase
import PortrunCompose
import PortrunRegistry

/// The compose project of the checkout that a plan is for, and what is called after it.
extension Plan {
    /// nil when the user has set it, when nothing is composed, and in the main worktree, where compose's own choice
    /// finds the volumes that exist. It is that choice too in the only folder of its name outside git.
    func projectName(
        _ transaction: Transaction, _ record: ContextRecord, _ context: Context
    ) throws(RegistryError) -> String? {
        guard !context.isMain, chosenProject == nil else { return nil }
        if project == nil, compose == nil, docker == nil, try !hasProjectElsewhere(transaction, record) { return nil }
        return try transaction.projectName(of: record, context, own: ownProject(context))
    }

    /// True in another checkout than the main one where a command may start a project of another folder: without a name
    /// of its own, compose would take the main worktree's containers for its own.
    private func hasProjectElsewhere(
        _ transaction: Transaction, _ record: ContextRecord
    ) throws(RegistryError) -> Bool {
        guard checkout.context.isGuest else { return false }
        if scripted != nil { return true }
        return try transaction.bookings(of: record).contains { $0.target != nil }
    }

    /// The project that the user has set; nil where he has not.
    var chosenProject: String? {
        checkout.userEnvironment["COMPOSE_PROJECT_NAME"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The project that the command demands by `-p`.
    private var typedProject: String? { compose?.projectName.flatMap { $0.isEmpty ? nil : $0 } }

    /// The name that compose would choose where none is demanded. A folder outside git has one without compose files,
    /// too, by which its containers are called.
    private func ownProject(_ context: Context) -> String? {
        if let project = wholeProject {
            return typedProject == nil
                ? project.name : project.explicitName ?? ComposeProject.name(ofFolder: project.directory)
        }
        guard compose != nil || docker != nil else { return nil }
        return context.isPlainFolder ? ProjectName(madeFrom: context.label)?.description : nil
    }

    /// The checkout's own project in the place of the one that the command demands; nil where none is demanded, and
    /// where compose has its own choice.
    func demandedProject(
        _ transaction: Transaction, _ record: ContextRecord, _ context: Context
    ) throws(RegistryError) -> String? {
        guard let typed = typedProject, !context.isMain else { return nil }
        let chosen = ownProject(context)
        let own = try transaction.projectName(of: record, context, own: chosen)
        if context.isPlainFolder, own == chosen { return nil }
        let mains = wholeProject.map { checkout.mainProjects(of: $0, isDemanded: true) } ?? []
        return OwnName.project(typed, own: own, mains: mains)
    }

    /// - Parameters:
    ///   - name: what `projectName` gave.
    ///   - demanded: what `demandedProject` gave.
    func policy(
        _ transaction: Transaction, _ context: Context, project name: String?, demanded: String?
    ) throws(RegistryError) -> RemapPolicy {
        let chosen = ownProject(context)
        let isAlone = context.isMain || (context.isPlainFolder && name == chosen)
        let own = isAlone ? nil : name ?? chosenProject ?? chosen
        var policy = RemapPolicy(
            project: own, isPublishingBare: options.wishes.isPublishingBare,
            isolated: Isolation(rawValue: options.isolated.rawValue | Isolation.usual.rawValue),
            mainServices: try own.flatMap { own throws(RegistryError) in
                try mainServices?.override(transaction, for: demanded ?? typedProject ?? own)
            })
        if own != nil { policy.built = built }
        return policy
    }
}
