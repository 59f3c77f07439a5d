import PortrunBase
import PortrunCompose
import PortrunLaunch
import PortrunRegistry

/// What the registry gave for a plan: all that a preparation needs to know of it.
package struct BookedPlan {
    /// As the registry knows it: the second clone on one branch has its path in its identity.
    package let context: Context
    package let outcome: BookingOutcome
    /// What else of the checkout has moved, or was booked by its name alone: what commands do not have by themselves.
    package let siblings: [Booking]
    /// `COMPOSE_PROJECT_NAME`; nil to leave it alone.
    package let projectName: String?
    /// The project that compose gets in the place of the one that the command demands by `-p`; nil to leave that alone.
    let demandedProject: String?
    /// The changes of the override in addition to the numbers of ports.
    package let policy: RemapPolicy
    /// The ports of services that the main worktree runs for this one.
    package let mainServicePorts: [MainServicePort]
    /// What the command gets as sockets; nil for none.
    package let sockets: ListeningSockets?
    /// What the command would find elsewhere on a localhost of its own; nil where nothing has moved.
    package let translation: TranslationPlan?
    /// What other checkouts of the repository have booked, where the declared ports are another one's.
    let relatives: [RelativeBooking]
    /// What other checkouts have in the container engine, as far as the command reaches it without naming it.
    let othersInEngine: [OthersThing]
}

extension Plan {
    /// Books all that is planned, and listens on what the command is to get as sockets.
    ///
    /// - Throws: `BookingError`, `ListenError` or `RegistryError`; nothing is booked then.
    func book(_ transaction: Transaction, _ record: ContextRecord, _ context: Context) throws -> BookedPlan {
        // Whoever runs in a shell shares what a run elsewhere in the checkout has.
        var terms = BookingTerms(
            isShared: options.isShared || invocation == nil, isEphemeral: options.isEphemeral)
        terms.named = namedPorts
        terms.isComposing = ["up", "create", "run", "start", "restart"].contains(compose?.subcommand)
        let name = try projectName(transaction, record, context)
        let demanded = try demandedProject(transaction, record, context)
        let policy = try policy(transaction, context, project: name, demanded: demanded)
        let asked = try withKnownDebuggers(
            requests(isAlone: policy.project == nil) { try transaction.bookings(of: record) }, transaction, record)
        let relatives = try relatives(transaction, record)
        let requests = try besideKnownServer(
            withPortOfRunning(
                withNumbersOfMain(
                    withKnownOwnPort(asked, transaction, record), relatives, transaction, record), transaction, record),
            asked: asked, relatives, transaction, record)
        let (asBooked, sockets) = try bookAndListen(requests, transaction, record, terms)
        var outcome = asBooked
        if !relatives.isEmpty { try bookAside(relatives, besides: &outcome, transaction, record) }
        var mainServicePorts = try mainServices?.ports(transaction) ?? []
        if !relatives.isEmpty { mainServicePorts += portsUsedOfMain(relatives, besides: mainServicePorts) }
        var siblings = try siblings(of: outcome, transaction, record)
        // This checkout's own is not meant then.
        for main in mainServicePorts { siblings.removeAll { $0.service == main.service } }
        return BookedPlan(
            context: context, outcome: outcome, siblings: siblings, projectName: name, demandedProject: demanded,
            policy: policy, mainServicePorts: mainServicePorts, sockets: sockets,
            translation: try translation(
                of: outcome, siblings: siblings, mainServices: mainServicePorts,
                // A launch may have moved what another checkout had.
                relatives: outcome.yields.isEmpty ? relatives : [], transaction, record),
            relatives: relatives, othersInEngine: try othersInEngine(transaction, record, policy.project))
    }

    private func othersInEngine(
        _ transaction: Transaction, _ record: ContextRecord, _ project: String?
    ) throws(RegistryError) -> [OthersThing] {
        guard let project, let reach = docker?.reach else { return [] }
        return reach.others(besides: project, try transaction.relatives(of: record))
    }

    /// Compose has no use for them: containers find each other without published ports.
    private func siblings(
        of outcome: BookingOutcome, _ transaction: Transaction, _ record: ContextRecord
    ) throws -> [Booking] {
        guard compose == nil else { return [] }
        // One that has given way in a checkout whose declared ports are its own goes back when it is used.
        let isGuest = checkout.context.isGuest
        var others = try transaction.bookings(of: record).filter { booking in
            booking.isMoved && (isGuest || booking.source != .yielded) || isByName(booking)
        }
        if !others.isEmpty { try others.removeAll { try transaction.isServedAsDeclared($0) } }
        // Where the number is this checkout's own, what gave way to another clone's is back once that is gone.
        if !isGuest, !others.isEmpty {
            try others.removeAll { try $0.source == .learned && transaction.isFreeAgain($0) }
        }
        if others.isEmpty { return [] }
        others = outcome.others(among: others).filter { !outcome.passesOver($0) }
        // Who names a number means what runs by it, or what is about to.
        return try transaction.withoutIdleNamesakes(others, beside: outcome.bookings)
    }

    /// True for what `book` or `--book` has booked: no file declares it, and it is no command's own port.
    private func isByName(_ booking: Booking) -> Bool {
        guard booking.declared == nil, booking.target == nil else { return false }
        switch booking.source {
        case .demand: return true
        case .range, .fallback, .reclaimed: return !BookingPlan.isPrimaryName(booking.service)
        case .environment, .declared, .yielded, .learned: return false
        }
    }

    /// All in one transaction, so that no other portrun comes between the booking and bind(2). A stranger can, and then
    /// the port is booked anew: it is seen to be taken, and moves.
    private func bookAndListen(
        _ requests: [ServiceRequest], _ transaction: Transaction, _ record: ContextRecord, _ terms: BookingTerms
    ) throws -> (BookingOutcome, ListeningSockets?) {
        for _ in 1..<Self.attemptLimit {
            let outcome = try transaction.book(requests, for: record, terms: terms)
            if booking.listening.isEmpty { return (outcome, nil) }
            do {
                return (outcome, try sockets(for: outcome))
            } catch ListenError.busy {
                continue
            }
        }
        let outcome = try transaction.book(requests, for: record, terms: terms)
        return (outcome, try sockets(for: outcome))
    }

    /// So many strangers at once are no accident: the port is one that cannot move, as with `--share`.
    private static let attemptLimit = 8

    private func sockets(for outcome: BookingOutcome) throws(ListenError) -> ListeningSockets {
        try ListeningSockets(
            booking.listening.map { (booking.requests[$0].service, outcome.booking(at: $0).port) })
    }
}

extension BookingOutcome {
    /// Those of `bookings` that are of none of the requests: neither what one got, nor an earlier one of a service that
    /// keeps its declared port now.
    fileprivate func others(among bookings: [Booking]) -> [Booking] {
        var own: Set<Int64> = []
        var kept: [ServiceRequest] = []
        for requested in requests {
            if let booking = requested.booking { own.insert(booking.id) } else { kept.append(requested.request) }
        }
        var places = ServicePlaces()
        for (place, request) in kept.enumerated() { places.note(place, of: request.service, request.transport) }
        return bookings.filter { !own.contains($0.id) && places.place(of: $0.service, $0.transport) == nil }
    }

    /// True for what was booked by hand where the command has the port that it wishes in its place.
    fileprivate func passesOver(_ booking: Booking) -> Bool {
        guard booking.source == .demand else { return false }
        for requested in requests where requested.request.isWishSetNow {
            if requested.request.service == booking.service, requested.booking?.port == requested.request.wish {
                return true
            }
        }
        return false
    }

    /// The bookings as the command is told of them.
    ///
    /// A second run of a service that portrun listens for has a booking of another name (`api-2`); its variable is that
    /// of the service all the same.
    func bookings(told plan: BookingPlan) -> [Booking] {
        if plan.listening.isEmpty { return bookings }
        var told = bookings
        for index in plan.listening {
            let own = booking(at: index)
            let service = plan.requests[index].service
            guard own.service != service, let place = told.firstIndex(of: own) else { continue }
            told[place] = Booking(
                id: own.id, service: own.service, port: own.port, transport: own.transport, target: own.target,
                variable: service.portVariable, source: own.source, isEphemeral: own.isEphemeral,
                lastUsed: own.lastUsed, count: own.count)
        }
        return told
    }
}
