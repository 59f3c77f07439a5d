import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunLaunch
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
    let system: System
    /// The call that this launch comes from when portrun stands in the place of a compose tool.
    let shim: ShimCall?

    /// Runs the command to its end.
    ///
    /// One transaction books the ports, forks the child, which waits at its gate, and records its lease, so that there
    /// is no moment at which a running child has none, nor one at which somebody else could take a port.
    func run(_ signals: SignalState) throws -> Ending {
        if system.environment["PORTRUN"] == "0" { try runUntouched(signals) }
        if system.workingDirectory == nil, options.selection.directory == nil {
            Report.warning(Warning("the working directory is gone or its path is not UTF-8, so nothing is booked"))
            try runUntouched(signals)
        }
        if options.isStrict, options.isReplacing { throw UsageError.nobodyWatches }
        if let names = options.wishes.listens { try ListeningSockets.checkPlaces(for: max(names.count, 1)) }
        // A `down` leaves something to do behind it.
        let isReplacing = options.isReplacing && ComposeCommand(words)?.subcommand != "down"
        let workplace = try Workplace(options.selection, system, isQuiet: options.isQuiet)
        let launch = Launch(
            words, options, composeFile: composeFile, isVerbatim: shim != nil, in: workplace)
        if !options.isQuiet { launch.warnings.forEach(Report.warning) }
        if options.wishes.listens != nil, launch.plan.listening.isEmpty {
            throw ListenError.noService(command: words.joined(separator: " "))
        }
        // Without files there is nothing to book for compose, which can still be told to clean up by a project's name.
        if shim != nil, launch.project == nil { try runUntouched(signals) }
        let registry = try workplace.openRegistry()
        let shims = shimFolder(for: launch, workplace)
        var held: Held?
        defer { held?.child?.abandon() }
        let started = try workplace.inRegistry(registry) { transaction, record, context in
            let started = try start(launch, shims, workplace, transaction, record, context)
            // Of a first attempt, on a registry that was found to be damaged.
            held?.child?.abandon()
            held = try hold(
                started.command, started.outcome.bookings, isReplacing: isReplacing, signals, workplace, transaction)
            return started
        }
        defer { held.map { release($0.lease, registry, workplace) } }
        let command = try understood(started, launch, workplace)
        if command != started.command, let first = held {
            held = try exchange(
                first, for: command, started.outcome.bookings, isReplacing: isReplacing, signals, workplace, registry)
        }
        if !options.isQuiet, let warning = launch.takenProject(in: workplace) { Report.warning(warning) }
        if let compose = launch.compose, compose.startsContainers {
            launch.connect(
                started.shared, by: compose.engine, for: started.context.fileOwner,
                isQuiet: options.isQuiet, in: workplace)
        }
        report(started, launch, seenFrom: workplace.workingDirectory)
        guard let child = held?.child else {
            shims.map(refresh)
            try Launcher.replace(with: command, signals)
        }
        child.open()
        shims.map(refresh)
        registry.prepareEnd()
        // The command has its own, and nobody is to connect to portrun when that closes them.
        started.sockets?.close()
        let ending = try Launcher.wait(for: child, signals, listeningWatch(on: launch, started.outcome))
        if launch.compose?.subcommand == "down" {
            for note in NetworkNote.all(in: StateFolder(workplace.location.folder))
            where note.owner.context == started.context.hash {
                note.settle(environment: workplace.userEnvironment)
            }
        }
        return ending
    }

    /// As if portrun were not there.
    private func runUntouched(_ signals: SignalState) throws -> Never {
        if let directory = options.selection.directory, chdir(directory) != 0 {
            throw UsageError.directory(path: directory, code: errno)
        }
        let path = SearchPath(system.environment)
        try Launcher.replace(with: command(arguments, in: system.environment, lookedUpIn: path), signals)
    }

    /// A release that fails must not change how the command ended; the next look reaps the lease.
    private func release(_ lease: Lease, _ registry: Registry, _ workplace: Workplace) {
        do {
            try registry.write(on: .current(seenFrom: workplace.vantage, system)) { try $0.end(lease) }
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
                Report.notice(finding.warning(relativeTo: folder).text)
            }
        }
        if started.isLeftBehind, !started.outcome.moves.isEmpty {
            Report.notice("a compose file fixes some of these: they move for `portrun -- docker compose …` only")
        }
        // A script calls compose many times; the ports are news when it starts something.
        guard shim == nil || launch.compose?.subcommand == "up" else { return }
        guard system.isStandardErrorTerminal || options.isVerbose else { return }
        var requests = launch.plan.requests
        for index in started.outcome.unbooked.reversed() { requests.remove(at: index) }
        let ports = zip(started.outcome.bookings, requests).map { booking, request in
            let origin = request.declared.flatMap { $0 == booking.port ? nil : " (declared \($0))" } ?? ""
            return "\(booking.service) \(booking.ports)\(origin)"
        }
        Report.notice("\(started.context.label): " + (ports.isEmpty ? "no ports" : ports.joined(separator: ", ")))
        guard options.isVerbose else { return }
        let explanation = Explanation(started, launch, system.environment, seenFrom: folder)
        for line in explanation.text(isAligned: system.isStandardErrorTerminal).split(separator: "\n") {
            Report.notice(String(line))
        }
    }
}
