import PortrunBase
import PortrunCompose

/// What is known of a launch before anything is booked: all files are read here, and nothing is locked.
///
/// A value that never changes; a class, since many hold it and a copy of so much is dear.
package final class Plan: Sendable {
    package let checkout: Checkout
    /// What runs; nil for whatever a shell may run in the checkout.
    package let invocation: Invocation?
    package let options: LaunchOptions
    package let booking: BookingPlan
    package let warnings: [Warning]
    /// Those of `warnings` about services to use of the main worktree's.
    package let mainServiceWarnings: [Warning]
    /// The services that the user wants to use of the main worktree's, as far as the project has none of that name.
    let unknownMainServices: [String]
    /// The compose project that was found, without the ports of services that the main worktree runs.
    package let project: ComposeProject?
    /// The project with all of its ports.
    package let wholeProject: ComposeProject?
    /// The command, when it is compose itself.
    package let compose: ComposeCommand?
    /// The command, when it is another one of docker or its kin and names or publishes something; nil for any other.
    package let docker: DockerPlan?
    /// The services used from the main worktree; nil for none.
    package let mainServices: MainServices?
    /// The servers of known frameworks that the command starts.
    package let calls: FrameworkCalls
    /// The images that are built here, where they get tags of their own.
    let built: BuiltImages
    /// What the env files of services bring into containers, where compose may start some.
    let serviceEnvFiles: ServiceEnvFiles
    /// Whether the command has a port of its own.
    let ownPort: OwnPort
    /// True for a command that may listen on a number of its source in a checkout where that would be the main worktree's.
    let leavesUndeclared: Bool
    /// Nobody knows whether the command listens: it may ask a server of the checkout by the number of its own.
    let mayBeClient: Bool
    /// What env files contribute; the reason where one that the user named cannot be read, nil where none are read.
    let envFiles: EnvFiles?
    /// What its files were read within.
    let limits: LookLimits
    /// When that began, if it took any time.
    let start: Int64?
    /// True where that was over before its end.
    let isCutShort: Bool
    /// The shim for what the command may start; nil for none.
    package let shims: ShimFolder?
    /// Services that scripts of the project start; nil for none, and in a launch of the main worktree, where each has its
    /// port by itself.
    let scripted: ScriptedServices?
    /// What listens in other checkouts without a booking; nil for nothing, and for docker and its kin.
    let serversBeside: ServersBeside?

    /// Reads what a launch needs to know.
    ///
    /// A compose file that cannot be read is a warning: the command still runs, and compose itself will complain.
    /// - Parameters:
    ///   - invocation: nil for whatever a shell may run in the checkout.
    ///   - look: what the files are read by.
    package convenience init(
        _ invocation: Invocation?, _ options: LaunchOptions = LaunchOptions(), in checkout: Checkout,
        _ look: Look = Look()
    ) {
        var (invocation, checkout) = (invocation, checkout)
        if let typed = invocation { (invocation, checkout) = checkout.demandingProjectOfScript(typed, look) }
        let isOfEngine = invocation.map { ComposeTool(running: $0.words) != nil } ?? false
        let compose = isOfEngine ? invocation.flatMap { ComposeCommand($0.words) } : nil
        let docker = isOfEngine && compose == nil ? invocation.flatMap { DockerCommand($0.words) } : nil
        var request = checkout.composeRequest(compose)
        request.standardInput = invocation?.composeFile
        var project = options.isDiscovering ? ComposeReader.readLeniently(request, look) : nil
        for scale in compose?.scales ?? [] {
            project?.scale(scale.service, to: scale.replicas)
        }
        if let run = compose?.run, let found = project { project?.ports += run.ports(in: found) }
        if let words = invocation?.words, !isOfEngine, let found = project {
            project = found.without(wishFor: options.wishes.variable, of: words, &request, look)
        }
        self.init(
            invocation, options, in: checkout, look, compose, project, request, docker, hasPrimary: !isOfEngine)
    }

    /// The plan of the second of two clones on one branch: the declared ports are the first one's, as they are the main
    /// worktree's in a linked one. All is read anew, for only the registry knows of the other clone.
    convenience init(_ plan: Plan, asSecondCloneBesides first: String) {
        self.init(
            plan.invocation, plan.options, in: plan.checkout.asSecondClone(besides: first), Look(plan.limits))
    }

    /// Reads what a project declares, for nobody who would listen himself.
    ///
    /// - Parameter request: names the compose project; nil for the one that compose finds by itself.
    /// - Throws: `DiscoveryError` when a compose file cannot be read.
    package convenience init(
        declaredBy request: ComposeRequest? = nil, _ options: LaunchOptions = LaunchOptions(), in checkout: Checkout,
        _ look: Look = Look()
    ) throws {
        let request = request ?? checkout.composeRequest()
        let project = try ComposeReader.read(request, look)
        self.init(nil, options, in: checkout, look, nil, project, request, nil, hasPrimary: false)
    }

    private init(
        _ invocation: Invocation?, _ options: LaunchOptions, in checkout: Checkout, _ look: Look,
        _ compose: ComposeCommand?, _ found: ComposeProject?, _ request: ComposeRequest, _ command: DockerCommand?,
        hasPrimary: Bool
    ) {
        self.checkout = checkout
        // For nobody who would launch something.
        let isOnlyRead = invocation == nil && !hasPrimary
        limits = look.limits
        self.invocation = invocation
        self.options = options
        self.compose = compose
        wholeProject = found
        docker = command.map { DockerPlan($0, of: found, options.isolated, in: checkout) }
        if let found, !checkout.context.isMain {
            // Another command's containers are made elsewhere.
            let elsewhere =
                compose == nil && invocation != nil
                ? [] : NameNotes(checkout.context, in: checkout.state).built(of: found.services.compactMap(\.image))
            built = BuiltImages(of: found, elsewhere: elsewhere, look)
        } else {
            built = BuiltImages()
        }
        // No service of compose's is started then.
        var project = command == nil ? found : nil
        if let found, compose != nil || invocation == nil {
            serviceEnvFiles = ServiceEnvFiles(of: found, look)
        } else {
            serviceEnvFiles = ServiceEnvFiles()
        }
        let shared = MainServices.taken(from: &project, names: options.mainServices, request, in: checkout, look)
        mainServices = shared.services
        mainServiceWarnings = shared.warnings
        unknownMainServices = shared.unknown
        self.project = project
        let isVerbatim = invocation?.isVerbatim ?? false
        let words = invocation?.words ?? []
        // With `--listen` portrun gives the server sockets, and no port.
        var calls =
            hasPrimary && options.isDiscovering && !isVerbatim && options.wishes.listens == nil
            ? FrameworkCalls(
                words, in: checkout.workingDirectory, setsPort: options.wishes.variable == "PORT",
                environment: checkout.userEnvironment, look)
            : FrameworkCalls()
        if let project { calls.dropClients(of: project.ports) }
        var wishes = options.wishes
        var hasPlaceholder = false
        for placeholder in isVerbatim ? [] : Placeholder.all(in: words) {
            if let service = placeholder.service { wishes.books.append(service) } else { hasPlaceholder = true }
        }
        // In the main worktree a command line of docker does what is typed.
        if docker != nil, checkout.context.isMain { wishes.isPublishingBare = false }
        let ownPort =
            hasPrimary ? OwnPort(words, wishes, calls, hasPlaceholder: hasPlaceholder) : .none
        self.ownPort = ownPort
        let obeysPort = calls.calls.allSatisfy { $0.framework.readsPort }
        let mayMove = checkout.context.isGuest || project?.ports.isEmpty == false
        // Whatever a command reads, it finds where it is while nothing moves.
        let uses =
            mayMove && hasPrimary && !isVerbatim && options.isDiscovering
            ? EnvFileUses(words, in: checkout.workingDirectory) : nil
        let packages = Self.packages(of: calls, uses, besides: checkout.workingDirectory)
        // The ports of a compose command's containers are no values of its own.
        var envFiles =
            (hasPrimary || docker != nil && !isVerbatim) && options.rewriting.isOn
            ? Self.readEnvFiles(project?.directory, options, checkout, look, uses, packages, mayMove: mayMove) : nil
        var wish = ownPort == .none ? nil : checkout.userEnvironment[wishes.variable].flatMap { Port($0) }
        // The `PORT` of an env file may be for another program when this command ignores `PORT`.
        if ownPort != .none, checkout.userEnvironment[wishes.variable] == nil, options.isDiscovering,
            obeysPort || wishes.variable != "PORT"
        {
            if envFiles == nil {
                envFiles = Self.readEnvFiles(
                    project?.directory, options, checkout, look, uses, packages, mayMove: mayMove)
            }
            // A file that is not there is told of where its values are rewritten.
            wish = (try? envFiles?.variables())?.port(wishes.variable, in: checkout.userEnvironment)
            if wish != nil, ownPort != .asked, invocation != nil,
                !EnvFileEvidence.isThere(words, calls, in: checkout.workingDirectory, checkout.userEnvironment, look)
            {
                wish = nil
            }
        }
        // What a shell runs is not known, but that compose reads it is.
        if invocation == nil, wish != nil, project?.reads(wishes.variable) == true { wish = nil }
        var mainPort: Port?
        if wish != nil, checkout.context.isGuest, checkout.userEnvironment[wishes.variable] == nil {
            mainPort =
                checkout.portOfMain(wishes.variable, [project?.directory, checkout.workingDirectory], options, look)
                ?? (calls.calls.count == 1 ? calls.calls[0].port : nil)
            if wish == mainPort { wish = nil } else { mainPort = nil }
        }
        // No command line says which number the project's own server has.
        if invocation == nil, hasPrimary, ownPort == .unknown, wish == nil, mainPort == nil, options.isDiscovering,
            checkout.context.isGuest
        {
            mainPort = LaunchedPorts(scriptsOf: project?.ports ?? [], checkout, look)?.portOfOwn
        }
        self.envFiles = envFiles
        leavesUndeclared =
            invocation != nil && !isVerbatim && compose == nil && command == nil && options.isWatched
            && !options.isStrict && Self.leavesUndeclared(words, in: checkout)
        let hasPrimary = ownPort.isBooked(
            wish: wish ?? mainPort, isForShell: invocation == nil, isGuest: checkout.context.isGuest,
            isInContainers: project?.insideUse(of: wishes.variable) != nil,
            movesByItself: leavesUndeclared && options.isTranslating(found, in: checkout))
        if !hasPrimary, !calls.isParallel { calls.dropServers() }
        self.calls = calls
        var booking = BookingPlan(
            wishes, folder: checkout.context.folder, declared: docker?.ports ?? project?.ports ?? [],
            hasPrimary: hasPrimary,
            servers: calls.servers(root: checkout.context.path, workingDirectory: checkout.workingDirectory)
                + calls.debuggers,
            wish: wish, mainPort: mainPort, environment: checkout.userEnvironment)
        // With `docker`, the entries are those of its command line.
        if checkout.context.isGuest, docker == nil, let project {
            booking.wishForOwnPorts(of: project, request, in: checkout, look)
        }
        if docker == nil, let project { booking.lend(project.sharedServices, of: project.ports) }
        let isClient =
            ownPort == .asked && !wishes.demandsOwnPort && ProgramCall.isClient(words.map { ScriptWord(text: $0) })
        if invocation != nil, isClient || wish ?? mainPort != nil && ownPort.mayBeOfClient { booking.shareOwnPort() }
        mayBeClient = invocation != nil && (ownPort.mayBeOfClient || ownPort == .server && calls.mayBeClient(look))
        self.booking = booking
        // Last, for of all that is read it is the first to do without.
        scripted =
            (checkout.context.isGuest || isOnlyRead) && options.isDiscovering && compose == nil && command == nil
                && request.files.isEmpty
            ? ScriptedServices(in: checkout, besides: found, look) : nil
        serversBeside =
            checkout.context.isGuest && !isOnlyRead && !isVerbatim && options.isDiscovering && compose == nil
                && command == nil
            ? ServersBeside(in: checkout) : nil
        shims =
            invocation != nil && options.isShimmed && options.isDiscovering && compose == nil && command == nil
            ? ShimFolder(
                in: checkout.state, for: SearchPath(checkout.userEnvironment), now: checkout.system.now,
                asksForPorts: checkout.context.isGuest && !isVerbatim)
            : nil
        let ofContext = isVerbatim && docker != nil ? [] : checkout.context.warnings
        // A project may have so many ports that their requests take their time, too.
        if let ports = project?.ports, let file = ports.first?.file { _ = look.goesOn(after: ports.count, in: file) }
        start = look.start
        isCutShort = look.end != nil
        if let end = look.end {
            // What is wrong with half a project says nothing of all of it.
            warnings = ofContext + [end.warning(relativeTo: checkout.workingDirectory)]
        } else {
            warnings =
                ofContext + (project?.warnings ?? []) + shared.warnings
                + (project?.replicaWarnings(relativeTo: checkout.workingDirectory) ?? [])
                + (project?.refusedVariableWarnings(relativeTo: checkout.workingDirectory) ?? [])
                + [scripted?.warning].compactMap { $0 }
        }
    }

    /// The folders in which a command starts servers, and those of packages in which it starts other scripts.
    static func packages(of calls: FrameworkCalls, _ uses: EnvFileUses?, besides own: String) -> [String] {
        var folders = uses?.folders ?? []
        folders.removeAll { $0 == own }
        for call in calls.calls where !folders.contains(call.folder) { folders.append(call.folder) }
        return folders
    }

    /// The look at what containers are told, while others wait for the registry: at a prompt in what is left of its time.
    var lookAtValues: Look { limits.isOfPrompt ? Look(limits, since: start) : Look(.ofTransaction) }

    /// False for a compose command, which starts its servers in containers.
    package var hasServers: Bool { booking.primary != nil }

    /// The env files of the compose project in `folder`, then those of the command.
    ///
    /// - Parameters:
    ///   - uses: the files that the command reads by itself.
    ///   - packages: the folders of the packages in which it starts something.
    ///   - mayMove: a port of the project may have to move.
    static func readEnvFiles(
        _ folder: String?, _ options: LaunchOptions, _ checkout: Checkout, _ look: Look, _ uses: EnvFileUses?,
        _ packages: [String], mayMove: Bool
    ) -> EnvFiles {
        let own = checkout.workingDirectory
        let files = options.rewriting.envFiles.map { Path.absolute($0, in: own) }
        do throws(RewriteError) {
            var variables = try EnvFileVariables(
                in: [folder ?? own, own], packages: packages, files: files, environment: checkout.userEnvironment, look)
            variables.noteWhatOtherModesHave(look, always: mayMove, uses: uses?.all ?? [])
            // Of half a file nobody knows what a later line would have made of it.
            return .read(look.end == nil ? variables : EnvFileVariables())
        } catch {
            return .unreadable(error)
        }
    }
}

/// What became of reading env files. Not a `Result`, of which the runtime would look up the conformance of its error in
/// every launch.
enum EnvFiles: Sendable {
    case read(EnvFileVariables)
    /// One that the user named cannot be read.
    case unreadable(RewriteError)

    func variables() throws(RewriteError) -> EnvFileVariables {
        switch self {
        case .read(let variables): return variables
        case .unreadable(let error): throw error
        }
    }
}
