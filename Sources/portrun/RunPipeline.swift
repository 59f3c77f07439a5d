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
    /// The child is forked first, while there is little memory to copy, and waits at its gate. One transaction books
    /// the ports and records the child's lease, so that there is no moment at which a running child has none, nor one
    /// at which somebody else could take a port.
    func run(_ signals: SignalState) throws -> Ending {
        if surroundings.environment["PORTRUN"] == "0" { try runUntouched(signals) }
        if surroundings.workingDirectory == nil, options.selection.directory == nil {
            Report.warning(Warning("the working directory is gone or its path is not UTF-8, so nothing is booked"))
            try runUntouched(signals)
        }
        if let names = options.wishes.listens { try ListeningSockets.checkPlaces(for: max(names.count, 1)) }
        let child = options.isReplacing ? nil : try Launcher.fork()
        defer { child?.abandon() }
        let workplace = try Workplace(options.selection, surroundings, isQuiet: options.isQuiet)
        let holder = Holder.of(pid: child?.pid ?? getpid(), seenFrom: workplace.vantage)
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
        let started = try workplace.inRegistry(registry) { transaction, record, context in
            try start(launch, settings, holder, workplace, transaction, record, context)
        }
        defer { release(started.lease, registry, workplace) }
        if started.isRemapped {
            try launch.compose?.checkOverrideSupport(
                words, program: started.command.candidates, environment: workplace.userEnvironment,
                state: workplace.location.folder)
        }
        if let compose = launch.compose, compose.startsContainers {
            launch.connect(
                started.shared, by: compose.engine(in: words), isQuiet: options.isQuiet,
                environment: workplace.userEnvironment)
        }
        report(started, launch, seenFrom: workplace.workingDirectory)
        guard let child else { try Launcher.replace(with: started.command, signals) }
        try child.open(started.command, signals, in: options.selection.directory)
        // The command has its own, and nobody is to connect to portrun when that closes them.
        started.sockets?.close()
        let ending = try Launcher.wait(for: child, signals)
        if let shared = started.shared, let compose = launch.compose, compose.subcommand == "down" {
            shared.disconnect(by: compose.engine(in: words), environment: workplace.userEnvironment)
        }
        return ending
    }

    /// What has been booked and is about to run.
    struct Started {
        let command: Command
        let lease: Lease
        let label: String
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
        /// True when the command was given an override file that not every compose understands.
        let isRemapped: Bool
        /// True when a port that the project fixes stays where it is for any compose that the command starts.
        let isLeftBehind: Bool
    }

    /// Books, and makes the command.
    ///
    /// - Parameter isDryRun: write no files; the caller undoes the transaction.
    func start(
        _ launch: Launch, _ settings: ShimSettings?, _ holder: Holder, _ workplace: Workplace,
        _ transaction: Transaction,
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
        if let override, let compose = launch.compose, let project = launch.project {
            let name = project.overrideName(in: context)
            let state = workplace.location.folder
            let path = isDryRun ? override.path(for: name, in: state) : try override.save(for: name, in: state)
            arguments = compose.arguments(
                arguments, loading: project.files, in: project.directory, override: path)
        }
        let own = NodePreload.removed(from: ShimSettings.removed(from: overlay.applied(to: surroundings.environment)))
        var inherited = preloading(launch.preload(outcome.ports), own, state: workplace.location.folder)
        sockets?.announce(to: holder.pid, in: &inherited)
        var command = command(
            arguments, in: settings?.applied(to: inherited) ?? inherited,
            lookedUpIn: SearchPath(workplace.userEnvironment))
        command.sockets = sockets?.descriptors ?? []
        let lease = try transaction.lease(
            outcome.bookings, to: holder, command: command.summary, isEphemeral: options.isEphemeral)
        return Started(
            command: command, lease: lease, label: context.label, outcome: outcome, overlay: overlay,
            sharedPorts: shared, rewrite: rewrite, sockets: sockets, shared: policy.shared,
            isRemapped: launch.compose != nil && override?.needsOverrideTag == true,
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
    private func preloading(_ preload: NodePreload?, _ environment: Environment, state: String) -> Environment {
        guard let preload else { return environment }
        do throws(FileError) {
            return NodePreload.applied(try preload.save(in: state), to: environment)
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
        Report.notice("\(started.label): " + (ports.isEmpty ? "no ports" : ports.joined(separator: ", ")))
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
