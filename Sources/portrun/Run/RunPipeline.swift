import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunLaunch
import PortrunRegistry

/// The way of a launch: checkout → plan → preparation → files → launch → release.
struct RunPipeline {
    let options: RunOptions
    let invocation: Invocation
    let system: System

    /// Runs the command to its end.
    ///
    /// One transaction books the ports, forks the child, which waits at its gate, and records its lease, so that there
    /// is no moment at which a running child has none, nor one at which somebody else could take a port. Files are
    /// written behind it, before the gate opens.
    func run(_ signals: SignalState) throws -> Ending {
        try checkOptions(signals)
        let checkout = try Checkout(options.selection, system)
        var launch = options.launch
        launch.isWatched = !options.isReplacing
        let portserver =
            options.hasPortserver
            ? try LaunchedPortserver(in: checkout.state, registry: checkout.location.path, system) : nil
        launch.portserver = portserver?.address
        let plan = Plan(invocation, launch, in: checkout)
        // A `down` leaves something to do behind it.
        let isDown = plan.compose?.subcommand == "down"
        let isReplacing = options.isReplacing && !isDown
        report(plan.warnings, plan)
        if options.launch.wishes.listens != nil, plan.booking.listening.isEmpty {
            throw ListenError.noService(command: invocation.words.joined(separator: " "))
        }
        if plan.isUntouched { try runUntouched(signals) }
        let registry = try checkout.openRegistry(isQuiet: options.isQuiet)
        if !isReplacing { registry.deferCheckpoint() }
        var held: LeasedChild?
        defer { held?.child?.abandon() }
        var heldCommand: Command?
        let planned = try plan.prepare(in: registry) { preparation, transaction in
            // A first attempt, on a registry that was found to be damaged, may have left one.
            held?.child?.abandon()
            heldCommand = preparation.command
            held = try preparation.command.map {
                try LeasedChild(preparation, $0, isReplacing: isReplacing, signals, transaction)
            }
        }
        defer { held.map { release($0, registry, checkout) } }
        guard let first = held else { preconditionFailure("what is prepared for a command has one") }
        var preparation = try planned.writeFiles()
        if first.child?.obstacle != nil { preparation = try preparation.untranslated() }
        guard let command = preparation.command else {
            preconditionFailure("what is prepared for a command has one")
        }
        if command != heldCommand {
            held = try first.exchanged(
                for: preparation, command, isReplacing: isReplacing, signals, registry)
        }
        report(preparation)
        tellOfBookings(preparation, registry)
        if preparation.isTranslatedOutside {
            if options.launch.translating == .on { throw LaunchError.notTranslated(.nested) }
            report(.nested, preparation)
        }
        guard let child = held?.child else {
            refreshShims(preparation)
            try Launcher.replace(with: command, signals, preparation.translation) { obstacle in
                report(obstacle, preparation)
                return try preparation.untranslated().command ?? command
            }
        }
        if let obstacle = first.child?.obstacle { report(obstacle, preparation) }
        let isBesideWorktrees = plan.isBesideWorktrees
        if isBesideWorktrees { Orphans.adopt() }
        child.open()
        refreshShims(preparation)
        let told = isBesideWorktrees ? reportNumbersOfWorktrees(preparation, registry) : []
        registry.prepareEnd()
        // The command has its own, and nobody is to connect to portrun when that closes them.
        preparation.booked.sockets?.close()
        Heap.trim()
        let ending = try Launcher.wait(
            for: child, signals, listeningWatch(on: preparation, held?.lease, registry),
            TranslationAnswers(
                tell: { report($0, preparation, registry) },
                move: { move($0, $1, preparation, registry, held?.lease) },
                find: { find($0, preparation, registry) },
                renew: { preparation.newEntries(in: registry) },
                spare: { preparation.spared(in: $0, from: $1, registry) }))
        if isDown { preparation.settleNetworks() }
        if isBesideWorktrees { reportNumbersOfWorktrees(after: ending, preparation, registry, besides: told) }
        if isBesideWorktrees || preparation.sparesOthers { checkout.noteDaemons(Orphans.left()) }
        return ending
    }

    /// Sees to what can be told before anything is looked at; does not return when nothing is to be booked.
    private func checkOptions(_ signals: SignalState) throws {
        if system.environment["PORTRUN"] == "0" { try runUntouched(signals) }
        if system.workingDirectory == nil, options.selection.directory == nil {
            Report.warning(Warning("the working directory is gone or its path is not UTF-8, so nothing is booked"))
            try runUntouched(signals)
        }
        if options.isReplacing {
            if options.isStrict { throw UsageError.nobodyWatches(option: "--strict") }
            if options.hasPortserver { throw UsageError.nobodyWatches(option: "--portserver") }
        }
        if let names = options.launch.wishes.listens { try ListeningSockets.checkPlaces(for: max(names.count, 1)) }
    }

    /// Runs the command as if portrun were not there.
    private func runUntouched(_ signals: SignalState) throws -> Never {
        if let directory = options.selection.directory, chdir(directory) != 0 {
            throw UsageError.directory(path: directory, code: errno)
        }
        let environment = system.environment
        let candidates = invocation.candidates ?? SearchPath(environment).candidates(for: invocation.arguments[0])
        try Launcher.replace(
            with: Command(arguments: invocation.arguments, environment: environment, candidates: candidates), signals)
    }

    /// A release that fails must not change how the command ended; the next look reaps the lease.
    private func release(_ held: LeasedChild, _ registry: Registry, _ checkout: Checkout) {
        do {
            try held.release(registry, of: checkout)
        } catch let error as any ReportableError {
            Report.warning(Warning("the lease stays until the next `portrun gc`: \(error.message)"))
        } catch {
            // The registry throws nothing else.
            Report.warning(Warning("the lease stays until the next `portrun gc`"))
        }
    }

    /// Corrects the shim while the command starts.
    private func refreshShims(_ preparation: Preparation) {
        do throws(FileError) {
            try preparation.refreshShims()
        } catch {
            guard !options.isQuiet else { return }
            Report.warning(Warning("compose inside this command keeps its ports: cannot write \(error.message)"))
        }
    }

    /// The look at where the command listens; nil where it is to listen on nothing.
    ///
    /// What nobody knows as a server is looked at where other worktrees may have to know its ports: those count on it,
    /// also where nobody wants to hear of this command.
    private func listeningWatch(
        on preparation: Preparation, _ lease: Lease?, _ registry: Registry
    ) -> ListeningWatch? {
        // What a translated command of a linked worktree listens on is known without a look.
        let isToldByCommand = preparation.translation?.asksFirst == true
        guard
            preparation.plan.hasServers || preparation.plan.isBesideWorktrees || preparation.hasLearned
                || preparation.plan.isBesideMain && !isToldByCommand
        else { return nil }
        let isQuiet = options.isQuiet
        let answer: ListeningWatch.Answer =
            options.isStrict
            ? .end : .tell { if !isQuiet { Report.warning(Warning("\($0.message): \($0.hint)")) } }
        return ListeningWatch(
            answering: answer, told: { ChangedEnvironment(in: $0).names },
            // Where it cannot be noted, the next launch may.
            learning: { ports in lease.map { try? preparation.learn(ports, by: $0, in: registry) } }
        ) { preparation.expectation }
    }
}
