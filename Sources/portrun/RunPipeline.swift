import PortrunCore
import PortrunRegistry

/// The way of a launch: context → discovery → booking → overlay → launch → release.
struct RunPipeline {
    let options: RunOptions
    /// The command, byte for byte; never empty.
    let arguments: [[UInt8]]
    /// The same for reading, in the place of a tool with that tool's own name.
    let words: [String]
    /// What the command is given on standard input when that is a compose file.
    let composeFile: [UInt8]?
    let surroundings: Surroundings
    /// The call that this launch comes from when portrun stands in the place of a compose tool.
    let shim: ShimCall?

    /// Runs the command to its end.
    ///
    /// One transaction books the ports, forks the child, which waits at its gate, and records its lease, so that there
    /// is no moment at which a running child has none, nor one at which somebody else could take a port.
    func run(_ signals: SignalState) throws -> Ending {
        if surroundings.environment["PORTRUN"] == "0" { try runUntouched(signals) }
        if surroundings.workingDirectory == nil, options.selection.directory == nil {
            Report.warning(Warning("the working directory is gone or its path is not UTF-8, so nothing is booked"))
            try runUntouched(signals)
        }
        if let names = options.wishes.listens { try ListeningSockets.checkPlaces(for: max(names.count, 1)) }
        // A `down` leaves something to do behind it.
        let isReplacing = options.isReplacing && ComposeCommand(words)?.subcommand != "down"
        let workplace = try Workplace(options.selection, surroundings)
        let launch = Launch(
            words, options, composeFile: composeFile, isVerbatim: shim != nil, in: workplace)
        if !options.isQuiet { launch.warnings.forEach(Report.warning) }
        if options.wishes.listens != nil, launch.plan.listening.isEmpty {
            throw ListenError.noService(command: words.joined(separator: " "))
        }
        // Without files there is nothing to book for compose, which can still be told to clean up by a project's name.
        if shim != nil, launch.project == nil { try runUntouched(signals) }
        let registry = try workplace.openRegistry()
        let settings = shimSettings(for: launch, workplace)
        var held: Held?
        defer { held?.child?.abandon() }
        let started = try workplace.inRegistry(registry) { transaction, record, context in
            let started = try start(launch, settings, workplace, transaction, record, context)
            // Of a first attempt, on a registry that was found to be damaged.
            held?.child?.abandon()
            held = try hold(
                started.command, started.outcome.bookings, isReplacing, signals, workplace, transaction)
            return started
        }
        defer { held.map { release($0.lease, registry, workplace) } }
        let command = try understood(started, launch, workplace)
        if command != started.command, let first = held {
            first.child?.abandon()
            held = try registry.write(on: workplace.machine()) { transaction in
                let second = try hold(
                    command, started.outcome.bookings, isReplacing, signals, workplace, transaction)
                // Behind the second one, so that what is ephemeral lasts.
                try transaction.end(first.lease)
                return second
            }
        }
        if !options.isQuiet, let warning = launch.takenProject(in: workplace) { Report.warning(warning) }
        if let compose = launch.compose, compose.startsContainers {
            launch.connect(
                started.shared, by: compose.engine(in: words), for: started.context.fileOwner,
                isQuiet: options.isQuiet, in: workplace)
        }
        report(started, launch, seenFrom: workplace.workingDirectory)
        guard let child = held?.child else { try Launcher.replace(with: command, signals) }
        child.open()
        // The command has its own, and nobody is to connect to portrun when that closes them.
        started.sockets?.close()
        let ending = try Launcher.wait(for: child, signals)
        if launch.compose?.subcommand == "down" {
            for note in NetworkNote.all(in: workplace.location.folder) where note.owner.context == started.context.hash
            {
                note.settle(environment: workplace.userEnvironment)
            }
        }
        return ending
    }

    /// A command that is about to run, and the lease that says so.
    private struct Held {
        /// nil when it replaces portrun.
        let child: GatedChild?
        let lease: Lease
    }

    /// Forks the command, which waits at its gate, and records its lease.
    private func hold(
        _ command: Command, _ bookings: [Booking], _ isReplacing: Bool, _ signals: SignalState,
        _ workplace: Workplace, _ transaction: Transaction
    ) throws -> Held {
        let child = isReplacing ? nil : try Launcher.fork(command, signals)
        do {
            let holder = Holder.of(pid: child?.pid ?? getpid(), seenFrom: workplace.vantage)
            let lease = try transaction.lease(
                bookings, to: holder, command: command.summary, isEphemeral: options.isEphemeral)
            return Held(child: child, lease: lease)
        } catch {
            child?.abandon()
            throw error
        }
    }

    /// What has been booked and is about to run.
    struct Started {
        let command: Command
        let context: Context
        let outcome: BookingOutcome
        let overlay: Overlay
        /// The ports of services that the main worktree runs for this one.
        let sharedPorts: [SharedPort]
        /// The values that follow moved ports; nil when none are looked at.
        let rewrite: EnvironmentRewrite?
        /// Those that the command gets; nil for none.
        let sockets: ListeningSockets?
        /// The services that compose is not to start; nil for none.
        let shared: SharedServices?
        /// The override file that the command was given; nil for none.
        let remap: Remap?
        /// True when a port that the project fixes stays where it is for any compose that the command starts.
        let isLeftBehind: Bool
    }

    /// Books, and makes the command.
    ///
    /// - Parameter isDryRun: write no files; the caller undoes the transaction.
    func start(
        _ launch: Launch, _ settings: ShimSettings?, _ workplace: Workplace, _ transaction: Transaction,
        _ record: ContextRecord, _ context: Context, isDryRun: Bool = false
    ) throws -> Started {
        let terms = BookingTerms(isShared: options.isShared, isEphemeral: options.isEphemeral)
        let (outcome, sockets) = try book(launch.plan, for: record, terms, transaction)
        let name = try launch.projectName(transaction, record, context)
        let policy = try launch.policy(transaction, context, project: name)
        let shared = try launch.sharing?.ports(transaction) ?? []
        var overlay = Overlay(
            context: context.hash, bookings: outcome.bookings(told: launch.plan),
            primary: launch.plan.primary.map { (outcome.bookings[$0], options.wishes.variable) },
            shared: shared, project: name,
            environment: surroundings.environment,
            leaving: { launch.compose != nil && launch.project?.insideUse(of: $0) != nil })
        let rewrite = try launch.rewrite(
            outcome.ports, shared, overlay, for: .command(isShimmed: settings != nil), in: workplace)
        if let rewrite { overlay.follow(rewrite.changes) }
        var arguments = shim == nil ? try launch.told(arguments, outcome.ports) : arguments
        let override = launch.override(outcome.ports, policy, state: workplace.location.folder)
        var remap: Remap?
        if let override, let compose = launch.compose, let project = launch.project {
            let name = project.overrideName(in: context)
            remap = Remap(override: override, name: name, arguments: arguments)
            let state = workplace.location.folder
            let path =
                isDryRun
                ? override.path(as: name, in: state)
                : try override.save(as: name, for: context.fileOwner, in: state)
            arguments = compose.arguments(
                arguments, loading: project.files, in: project.directory, override: path)
        }
        let own = NodePreload.removed(from: ShimSettings.removed(from: overlay.applied(to: surroundings.environment)))
        var inherited = preloading(
            launch.preload(outcome.ports, for: context.fileOwner), own, state: workplace.location.folder,
            isDryRun: isDryRun)
        sockets?.announce(to: getpid(), in: &inherited)
        var command = command(
            arguments, in: settings?.applied(to: inherited) ?? inherited,
            lookedUpIn: SearchPath(workplace.userEnvironment))
        command.sockets = sockets?.descriptors ?? []
        return Started(
            command: command, context: context, outcome: outcome, overlay: overlay,
            sharedPorts: shared, rewrite: rewrite, sockets: sockets, shared: policy.shared,
            remap: remap,
            isLeftBehind: override != nil && launch.compose == nil && settings == nil)
    }

    /// As if portrun were not there.
    private func runUntouched(_ signals: SignalState) throws -> Never {
        if let directory = options.selection.directory, chdir(directory) != 0 {
            throw UsageError.directory(path: directory, code: errno)
        }
        let path = SearchPath(surroundings.environment)
        try Launcher.replace(with: command(arguments, in: surroundings.environment, lookedUpIn: path), signals)
    }

    /// In the place of a tool the program is that tool, whatever it was called by.
    private func command(
        _ arguments: [[UInt8]], in environment: Environment, lookedUpIn path: SearchPath
    ) -> Command {
        if let shim { return Command(arguments: arguments, environment: environment, candidates: shim.candidates) }
        return Command(arguments: arguments, environment: environment, lookedUpIn: path)
    }

    /// The shim for what the command may start; none for compose, which starts nothing that would need it.
    func shimSettings(for launch: Launch, _ workplace: Workplace, isDryRun: Bool = false) -> ShimSettings? {
        guard options.isShimmed, options.isDiscovering, launch.compose == nil else { return nil }
        do throws(FileError) {
            let path = SearchPath(workplace.userEnvironment)
            let state = workplace.location.folder
            guard let folder = try ShimFolder(in: state, for: path, isDryRun: isDryRun) else { return nil }
            return ShimSettings(folder: folder.path, options: options.inherited(in: workplace))
        } catch {
            if !options.isQuiet {
                Report.warning(Warning("compose inside this command keeps its ports: cannot write \(error.message)"))
            }
            return nil
        }
    }

    /// `environment` with what tells servers in node their port.
    private func preloading(
        _ preload: NodePreload?, _ environment: Environment, state: String, isDryRun: Bool
    ) -> Environment {
        guard let preload else { return environment }
        do throws(FileError) {
            return NodePreload.applied(
                isDryRun ? preload.path(in: state) : try preload.save(in: state), to: environment)
        } catch {
            if !options.isQuiet {
                Report.warning(Warning("servers in scripts keep their ports: cannot write \(error.message)"))
            }
            return environment
        }
    }

    /// A release that fails must not change how the command ended; the next look reaps the lease.
    private func release(_ lease: Lease, _ registry: Registry, _ workplace: Workplace) {
        do {
            try registry.write(on: .current(seenFrom: workplace.vantage, surroundings)) { try $0.end(lease) }
        } catch let error as any ReportableError {
            Report.warning(Warning("the lease stays until the next `portrun gc`: \(error.message)"))
        } catch {
            // The registry throws nothing else.
            Report.warning(Warning("the lease stays until the next `portrun gc`"))
        }
    }

    private func report(_ started: Started, _ launch: Launch, seenFrom folder: String) {
        guard !options.isQuiet else { return }
        started.rewrite?.warnings.forEach(Report.warning)
        for move in started.outcome.moves { Report.notice(move.message) }
        if !started.outcome.moves.isEmpty {
            for finding in launch.movedPortFindings(started.outcome.ports) {
                Report.notice(finding.warning(seenFrom: folder).text)
            }
        }
        if started.isLeftBehind, !started.outcome.moves.isEmpty {
            Report.notice("a compose file fixes some of these: they move for `portrun -- docker compose …` only")
        }
        // A script calls compose many times; the ports are news when it starts something.
        guard shim == nil || launch.compose?.subcommand == "up" else { return }
        guard surroundings.isStandardErrorTerminal || options.isVerbose else { return }
        var requests = launch.plan.requests
        for index in started.outcome.unbooked.reversed() { requests.remove(at: index) }
        let ports = zip(started.outcome.bookings, requests).map { booking, request in
            let origin = request.declared.flatMap { $0 == booking.port ? nil : " (declared \($0))" } ?? ""
            return "\(booking.service) \(booking.ports)\(origin)"
        }
        Report.notice("\(started.context.label): " + (ports.isEmpty ? "no ports" : ports.joined(separator: ", ")))
        guard options.isVerbose else { return }
        let explanation = Explanation(started, launch, surroundings.environment, seenFrom: folder)
        for line in explanation.text(isAligned: surroundings.isStandardErrorTerminal).split(separator: "\n") {
            Report.notice(String(line))
        }
    }
}

extension Command {
    /// The words of the command for people, at most about a line.
    fileprivate var summary: String {
        var text = ""
        for word in arguments.prefix(32) {
            text += (text.isEmpty ? "" : " ") + String(decoding: word.prefix(256), as: UTF8.self)
        }
        return String(text.prefix(256))
    }
}
