import PortrunCore
import PortrunRegistry

/// The way of a launch: context → discovery → booking → overlay → launch → release.
struct RunPipeline {
    let options: RunOptions
    /// The command, byte for byte; never empty.
    let arguments: [[UInt8]]
    let surroundings: Surroundings
    let signals: SignalState

    /// Runs the command to its end.
    ///
    /// The child is forked first, while there is little memory to copy, and waits at its gate. One transaction books
    /// the ports and records the child's lease, so that there is no moment at which a running child has none, nor one
    /// at which somebody else could take a port.
    func run() throws -> Ending {
        if surroundings.environment["PORTRUN"] == "0" { try runUntouched() }
        if surroundings.workingDirectory == nil, options.selection.directory == nil {
            Report.warning(Warning("the working directory is gone or its path is not UTF-8, so nothing is booked"))
            try runUntouched()
        }
        let child = options.isReplacing ? nil : try Launcher.fork()
        defer { child?.abandon() }
        let workplace = try Workplace(options.selection, surroundings)
        let holder = Holder.of(pid: child?.pid ?? getpid(), seenFrom: workplace.vantage)
        let words = arguments.map { String(decoding: $0, as: UTF8.self) }
        let launch = Launch(
            words, options.wishes, isDiscovering: options.isDiscovering, in: workplace)
        if !options.isQuiet { launch.warnings.forEach(Report.warning) }
        let registry = try workplace.openRegistry()
        let started = try workplace.inRegistry(registry) { transaction, record, context in
            try start(launch, holder, workplace, transaction, record, context)
        }
        defer { release(started.lease, registry, workplace) }
        if started.isRemapped {
            try launch.compose?.checkOverrideSupport(words, environment: surroundings.environment)
        }
        report(started, launch)
        guard let child else { try Launcher.replace(with: started.command, signals) }
        try child.open(started.command, signals, in: options.selection.directory)
        return try Launcher.wait(for: child, signals)
    }

    /// What has been booked and is about to run.
    private struct Started {
        let command: Command
        let lease: Lease
        let label: String
        let outcome: BookingOutcome
        let overlay: Overlay
        /// True when the command was given an override file.
        let isRemapped: Bool
        /// True when a port that the project fixes moves only for compose commands, and this is none.
        let isOnlyRemappedForCompose: Bool
    }

    private func start(
        _ launch: Launch, _ holder: Holder, _ workplace: Workplace, _ transaction: Transaction,
        _ record: ContextRecord, _ context: Context
    ) throws -> Started {
        let terms = BookingTerms(isShared: options.isShared, isEphemeral: options.isEphemeral)
        let outcome = try transaction.book(launch.plan.requests, for: record, terms: terms)
        let overlay = Overlay(
            context: context.hash, bookings: outcome.bookings,
            primary: launch.plan.primary.map { (outcome.bookings[$0], options.wishes.variable) },
            project: try launch.projectName(transaction, record, context), environment: surroundings.environment)
        var arguments = arguments
        let override = launch.override(outcome.ports)
        if let override, let compose = launch.compose, let project = launch.project {
            let path = try override.save(for: context.hash, in: workplace.location.folder)
            arguments = compose.arguments(arguments, loading: project.files, override: path)
        }
        let command = Command(arguments: arguments, environment: overlay.applied(to: surroundings.environment))
        let lease = try transaction.lease(
            outcome.bookings, to: holder, command: command.summary, isEphemeral: options.isEphemeral)
        return Started(
            command: command, lease: lease, label: context.label, outcome: outcome, overlay: overlay,
            isRemapped: override != nil && launch.compose != nil,
            isOnlyRemappedForCompose: override != nil && launch.compose == nil)
    }

    /// As if portrun were not there.
    private func runUntouched() throws -> Never {
        if let directory = options.selection.directory, chdir(directory) != 0 {
            throw UsageError.directory(path: directory, code: errno)
        }
        try Launcher.replace(
            with: Command(arguments: arguments, environment: surroundings.environment), signals)
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

    private func report(_ started: Started, _ launch: Launch) {
        guard !options.isQuiet else { return }
        for move in started.outcome.moves { Report.notice(move.message) }
        if started.isOnlyRemappedForCompose, !started.outcome.moves.isEmpty {
            Report.notice("a compose file fixes some of these: they move for `portrun -- docker compose …` only")
        }
        guard surroundings.isStandardErrorTerminal || options.isVerbose else { return }
        var requests = launch.plan.requests
        for index in started.outcome.unbooked.reversed() { requests.remove(at: index) }
        let ports = zip(started.outcome.bookings, requests).map { booking, request in
            let origin = request.declared.flatMap { $0 == booking.port ? nil : " (declared \($0))" } ?? ""
            return "\(booking.service) \(booking.ports)\(origin)"
        }
        Report.notice("\(started.label): " + (ports.isEmpty ? "no ports" : ports.joined(separator: ", ")))
        guard options.isVerbose else { return }
        for assignment in started.overlay.assignments { Report.notice("\(assignment.name)=\(assignment.value.text)") }
        for name in started.overlay.removals { Report.notice("unset \(name)") }
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
