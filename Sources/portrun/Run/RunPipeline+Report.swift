import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunLaunch
import PortrunRegistry

extension RunPipeline {
    /// Says what is about to run, and what of it the user should know.
    func report(_ preparation: Preparation) {
        let plan = preparation.plan
        if !options.isQuiet, let warning = preparation.takenProject() { Report.warning(warning) }
        if let compose = plan.compose, compose.startsContainers {
            let notices = preparation.connectMainServices()
            if !options.isQuiet { notices.forEach(Report.notice) }
        }
        guard !options.isQuiet else { return }
        report(preparation.warnings, plan)
        preparation.unreachedValues().forEach(Report.warning)
        preparation.sharedThings().forEach(Report.warning)
        preparation.scriptWarnings().forEach(Report.warning)
        preparation.numbersLeadingToMain().forEach(Report.warning)
        let moves = preparation.booked.outcome.moves
        preparation.notices.forEach(Report.notice)
        if !moves.isEmpty {
            for finding in preparation.movedPortFindings {
                Report.notice(finding.warning(relativeTo: plan.checkout.workingDirectory).text)
            }
        }
        if preparation.isLeftBehind, !moves.isEmpty {
            Report.notice("a compose file fixes some of these: they move for `portrun -- docker compose …` only")
        }
        // A script calls compose many times; the ports are news when it starts something.
        let isNews =
            plan.compose?.subcommand == "up" || plan.docker != nil && !preparation.booked.outcome.requests.isEmpty
        guard !invocation.isVerbatim || isNews else { return }
        guard system.isStandardErrorTerminal || options.isVerbose else { return }
        Report.notice(summary(of: preparation))
        guard options.isVerbose else { return }
        let explanation = Explanation(preparation)
        for line in explanation.text(isAligned: system.isStandardErrorTerminal).split(separator: "\n") {
            Report.notice(String(line))
        }
    }

    /// Says what is to be known of the project's files and variables.
    func report(_ warnings: [Warning], _ plan: Plan) {
        if options.isQuiet { return }
        // A script calls compose many times, and the launch around has said which variables are not set.
        let isTold = plan.isInsideLaunch && invocation.isVerbatim
        warnings.filter { !isTold || !$0.isRefusal }.forEach(Report.warning)
    }

    /// Says why the command has no localhost of its own.
    func report(_ obstacle: TranslationObstacle, _ preparation: Preparation) {
        guard !options.isQuiet, let warning = preparation.warning(of: obstacle) else { return }
        Report.warning(warning)
    }

    /// Says what a translated command has met.
    func report(_ event: TranslationEvent, _ preparation: Preparation, _ registry: Registry) {
        guard !options.isQuiet, let warning = preparation.warning(of: event, registry) else { return }
        Report.warning(warning)
    }

    /// The port on which a translated command is to listen in the place of another checkout's.
    func move(
        _ port: Port, _ holder: ListeningProcess?, _ preparation: Preparation, _ registry: Registry, _ lease: Lease?
    ) -> Port? {
        guard let (own, notice) = preparation.move(port, heldBy: holder, by: lease, in: registry) else { return nil }
        if !options.isQuiet { Report.notice(notice.text) }
        return own
    }

    /// The port to which a translated command is to connect in the place of another checkout's.
    func find(_ port: Port, _ preparation: Preparation, _ registry: Registry) -> Port? {
        preparation.ownPort(besides: port, in: registry) { if !options.isQuiet { Report.notice($0.text) } }
    }

    /// Says in the main worktree which numbers that may be in its source linked ones have.
    ///
    /// - Returns: those numbers.
    func reportNumbersOfWorktrees(_ preparation: Preparation, _ registry: Registry) -> [Port] {
        guard !options.isQuiet else { return [] }
        let numbers = preparation.learnedNumbersOfWorktrees(in: registry)
        numbers.map(\.warning).forEach(Report.warning)
        return numbers.map(\.port)
    }

    /// Says so of all others when the command has failed: it may have been for one of them.
    func reportNumbersOfWorktrees(
        after ending: Ending, _ preparation: Preparation, _ registry: Registry, besides told: [Port]
    ) {
        // What a signal has ended did not fail.
        guard !options.isQuiet, case .exited(let status) = ending, (1..<128).contains(status) else { return }
        for number in preparation.numbersOfWorktrees(in: registry) where !told.contains(number.port) {
            Report.warning(number.warning)
        }
    }

    /// Has the launch around this one know the ports that have moved here, before anything is started on them.
    func tellOfBookings(_ preparation: Preparation, _ registry: Registry) {
        guard preparation.hasNewsForLaunchAround, !Launcher.tellOfBookings(), !options.isQuiet,
            let warning = preparation.warningOfLaunchAround(registry)
        else { return }
        Report.warning(warning)
    }

    /// The ports in one line, each with the declared one where that is another: then a server that the command may be has
    /// its address, since it may print the declared one.
    private func summary(of preparation: Preparation) -> String {
        let plan = preparation.plan.booking
        let isTranslated = preparation.plan.hasServers && preparation.translation != nil
        var ports: [String] = []
        for (index, booked) in preparation.booked.outcome.requests.enumerated() {
            guard let booking = booked.booking else { continue }
            guard let declared = booked.request.declared, declared != booking.port else {
                ports.append("\(booking.service) \(booking.ports)")
                continue
            }
            // A server with a number in its source listens where that leads, whichever service it is of.
            let isServer =
                booking.transport == .tcp
                && (index == plan.primary || plan.serverRequests.contains(index)
                    || isTranslated && booked.request.kind == .web)
            let place = isServer ? "http://localhost:\(booking.port)" : "\(booking.ports)"
            ports.append("\(booking.service) \(place) (declared \(declared))")
        }
        // What no request asks for: the command is told of them, or its numbers lead there.
        for sibling in preparation.booked.siblings {
            let declared = sibling.declared.map { " (declared \($0))" } ?? ""
            ports.append("\(sibling.service) \(sibling.ports)\(declared)")
        }
        return "\(preparation.booked.context.label): " + (ports.isEmpty ? "no ports" : ports.joined(separator: ", "))
    }
}
