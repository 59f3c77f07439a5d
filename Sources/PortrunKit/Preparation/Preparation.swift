import PortrunBase
import PortrunCompose
import PortrunLaunch
import PortrunRegistry

/// A plan with what is booked for it: what a launch executes, a shell exports and `explain` shows.
///
/// A value. Nothing is written or started by making it: the caller says the warnings and writes the files.
package struct Preparation {
    package let plan: Plan
    package let booked: BookedPlan
    package let overlay: Overlay
    /// The values that follow moved ports; nil when none are looked at.
    package let rewrite: EnvironmentRewrite?
    /// What is about to run; nil for a shell.
    package internal(set) var command: Command?
    /// What has to be there before the command runs or the shell goes on.
    package internal(set) var files: [PreparedFile] = []
    /// True when a port that the project fixes stays where it is for any compose that the command starts.
    package let isLeftBehind: Bool
    /// What the user should know of it.
    package internal(set) var warnings: [Warning]
    /// What lets the project run beside others; nil when nothing has to change.
    let override: ComposeOverride?
    /// The command's words before a compose command gets its override file.
    let toldArguments: [[UInt8]]
    let lacking: Lack

    /// What a preparation does without, since it could not be written or is too old.
    struct Lack: OptionSet {
        let rawValue: Int

        static let shims = Lack(rawValue: 1)
        static let preload = Lack(rawValue: 2)
        /// The compose that is installed understands no override.
        static let override = Lack(rawValue: 4)
        static let procfile = Lack(rawValue: 8)
        /// No command can have a localhost of its own here.
        static let translation = Lack(rawValue: 16)
    }

    init(_ plan: Plan, _ booked: BookedPlan, without lacking: Lack = []) throws {
        self.plan = plan
        self.booked = booked
        self.lacking = lacking
        let checkout = plan.checkout
        let ports = booked.outcome.ports
        let shims = lacking.contains(.shims) ? nil : plan.shims
        let state = checkout.state
        var end: LookEnd?
        override = lacking.contains(.override) ? nil : plan.override(ports, booked.policy, &end)
        var files: [PreparedFile] = []
        var listed: ComposeFileList?
        if let override, let project = plan.project, plan.invocation == nil || plan.compose != nil {
            let name = project.overrideName(in: booked.context)
            let path = override.path(as: name, in: state)
            files.append(.override(override, booked.context.fileOwner, name: name, state: state))
            if plan.invocation == nil {
                listed = ComposeFileList(project.files + [path], environment: checkout.userEnvironment)
            }
        }
        var overlay = plan.overlay(booked, files: listed)
        let isTranslated = !lacking.contains(.translation) && booked.translation?.isActive == true
        let hasMoved = booked.translation?.entries.isEmpty == false
        rewrite = try plan.rewrite(booked, overlay, isShimmed: shims != nil, isTranslated: isTranslated && hasMoved)
        var warnings = rewrite?.warnings ?? []
        if !plan.unknownMainServices.isEmpty { warnings += plan.warningsOfUnknownMainServices(booked) }
        if let warning = booked.translation?.warning { warnings.append(warning) }
        if let end { warnings.append(end.warning(relativeTo: checkout.workingDirectory)) }
        let refused = rewrite.map { overlay.follow($0.changes) } ?? []
        if !refused.isEmpty || !overlay.refused.isEmpty { warnings += plan.warnings(about: overlay, refused) }
        try plan.checkSize(of: overlay, rewrite)
        self.overlay = overlay
        self.warnings = warnings
        isLeftBehind = override != nil && plan.compose == nil && plan.invocation != nil && shims == nil
        guard let invocation = plan.invocation else {
            toldArguments = []
            self.files = files
            return
        }
        toldArguments = try plan.named(
            invocation.isVerbatim ? invocation.arguments : try plan.told(invocation.arguments, ports), booked,
            &self.warnings)
        var arguments = toldArguments
        if case .override(let override, _, let name, let state)? = files.first, let compose = plan.compose,
            let project = plan.project
        {
            arguments = compose.arguments(
                arguments, loading: project.files, in: project.directory, override: override.path(as: name, in: state))
        }
        if !lacking.contains(.procfile), let procfile = plan.calls.procfile,
            let text = plan.procfile(procfile, ports, for: booked.context.fileOwner)
        {
            let path = state.procfile(of: text)
            files.append(.procfile(text, path: path))
            arguments = procfile.replaced(by: path, in: arguments)
        }
        var environment = NodePreload.removed(
            from: ShimSettings.removed(from: overlay.applied(to: checkout.system.environment)))
        if !lacking.contains(.preload),
            let preload = plan.preload(
                ports, isTranslated ? booked.translation : nil, for: booked.context.fileOwner)
        {
            files.append(.preload(preload, state: state))
            environment = NodePreload.applied(preload.path(in: state), to: environment)
        }
        // What a container is given of the environment is what the script has.
        if invocation.isVerbatim, plan.docker != nil { environment = checkout.system.environment }
        if let warning = plan.docker?.warning(in: booked.policy.project) { self.warnings.append(warning) }
        if plan.docker != nil || plan.compose != nil, case let notes = plan.notes(), !notes.isEmpty {
            files.append(.notes(notes, NameNotes(booked.context, in: state)))
        }
        booked.sockets?.announce(to: checkout.process.pid, in: &environment)
        if let shims = shims ?? (isTranslated ? plan.linksForUserChange : nil) {
            files.append(.shims(shims))
            if !booked.context.isMain, let warning = UnreachedDocker.warning(about: invocation.words) {
                self.warnings.append(warning)
            }
            environment = ShimSettings(
                folder: shims.path, options: plan.options.inherited(in: checkout), usersProject: plan.chosenProject
            ).applied(to: environment)
        }
        var command = plan.command(arguments, in: environment)
        command.sockets = booked.sockets?.descriptors ?? []
        self.command = command
        self.files = files
    }
}

extension Plan {
    /// Books, and prepares what is to run or to be exported.
    ///
    /// - Parameters:
    ///   - isDryRun: undo everything in the registry in the end.
    ///   - hold: called in the transaction that books, to fork the command and record its lease; may be called again,
    ///     when the first attempt came upon a damaged registry. nil where nothing is to run: then nobody waits for the
    ///     registry while the preparation is made.
    /// - Returns: the preparation, as the compose that is installed understands it.
    /// - Throws: `BookingError`, `RegistryError`, `RemapError` and what else the stages throw.
    package func prepare(
        in registry: Registry, isDryRun: Bool = false,
        holding hold: ((Preparation, Transaction) throws -> Void)? = nil
    ) throws -> Preparation {
        do {
            return try prepared(in: registry, isDryRun, hold).understood(isDryRun: isDryRun)
        } catch let clone as SecondClone {
            let plan = Plan(self, asSecondCloneBesides: clone.first.path)
            // Its own hash is the first one's until then.
            if invocation != nil { _ = try plan.checkout.isLive(clone.first, in: registry, isDryRun: isDryRun) }
            return try plan.prepared(in: registry, isDryRun, hold).understood(isDryRun: isDryRun)
        } catch let clones as OtherClones {
            let live = try checkout.liveClone(of: clones.records, in: registry, isDryRun: isDryRun)
            let plan = live.map { Plan(self, besideCloneAt: $0) } ?? self
            return try plan.prepared(in: registry, isDryRun, hold, looksForClones: false)
                .understood(isDryRun: isDryRun)
        }
    }

    /// - Parameter looksForClones: find out first whether there is another clone of the repository.
    private func prepared(
        in registry: Registry, _ isDryRun: Bool, _ hold: ((Preparation, Transaction) throws -> Void)?,
        looksForClones: Bool = true
    ) throws -> Preparation {
        guard let hold else {
            // A file that the user named and that cannot be read is not worth a booking.
            _ = try envFiles?.variables()
            let booked = try checkout.enter(registry, isDryRun: isDryRun) {
                try bookedAlone($0, $1, $2, looksForClones: looksForClones)
            }
            return try Preparation(self, booked)
        }
        return try checkout.enter(registry, isDryRun: isDryRun) { transaction, record, context in
            let preparation = try Preparation(
                self, try bookedAlone(transaction, record, context, looksForClones: looksForClones))
            try hold(preparation, transaction)
            return preparation
        }
    }

    /// - Throws: `SecondClone` where what was read so far takes the declared ports for this checkout's own, too;
    ///   `OtherClones` where it may.
    private func bookedAlone(
        _ transaction: Transaction, _ record: ContextRecord, _ context: Context, looksForClones: Bool
    ) throws -> BookedPlan {
        if context.isGuest, !checkout.context.isGuest,
            let first = try transaction.find(identity: checkout.context.identity)
        {
            throw SecondClone(first: first)
        }
        // For a shell nothing is asked that takes time, and containers have networks of their own.
        if looksForClones, record.hasClones || context.isInBareRepository, !context.isGuest, invocation != nil,
            compose == nil, docker == nil, !checkout.isNamed
        {
            let clones = try transaction.clones(of: context)
            if !clones.isEmpty || checkout.hasUnknownWorktrees(besides: clones) { throw OtherClones(records: clones) }
        }
        return try book(transaction, record, context)
    }

    /// A shell may run anything, compose without the shim too.
    var mayCompose: Bool { invocation == nil || compose != nil }

    /// The command to run. In the place of a tool the program is that tool, whatever it was called by; a tool for ports is led to
    /// portrun, as it is in a script.
    package func command(_ arguments: [[UInt8]], in environment: Environment) -> Command {
        if let candidates = invocation?.candidates {
            return Command(arguments: arguments, environment: environment, candidates: candidates)
        }
        let isPortTool =
            checkout.context.isGuest && shims != nil
            && arguments.first.flatMap { PortTool(named: String(decoding: $0, as: UTF8.self)) } != nil
        return Command(
            arguments: arguments, environment: environment,
            lookedUpIn: SearchPath(isPortTool ? environment : checkout.userEnvironment))
    }

    /// What lets the project run beside others; nil when nothing has to change.
    ///
    /// A project with an override of ours among its files needs no second.
    /// - Parameters:
    ///   - booked: for each request of the plan.
    ///   - end: why the look at values was over before its end.
    fileprivate func override(
        _ booked: [PortRange?], _ policy: RemapPolicy, _ end: inout LookEnd?
    ) -> ComposeOverride? {
        guard let project, !project.hasOverride(in: checkout.state) else { return nil }
        var policy = policy
        policy.changesValues = mayCompose
        // A shell has the number of a server in it, or none.
        if compose == nil { policy.unsetVariable = options.wishes.variable }
        policy.envFiles = serviceEnvFiles
        let look = lookAtValues
        let override = ComposeOverride(
            of: project, booked: booking.byEntry(booked, project.ports), policy: policy, look)
        // Of a project that is too much anyway that was said.
        if !isCutShort { end = look.end }
        return override
    }
}

/// The checkout is the second of two clones on one branch, which only the registry knows.
private struct SecondClone: Error {
    let first: ContextRecord
}

/// There are other clones of the repository, as far as the registry knows.
private struct OtherClones: Error {
    let records: [ContextRecord]
}
