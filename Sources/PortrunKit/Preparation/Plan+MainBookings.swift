import PortrunBase
import PortrunRegistry

/// What the main worktree beside a linked one has booked, whatever folder or command it is from: its numbers are this
/// checkout's too, which may never have started what has them.
extension Plan {
    /// What other checkouts of the repository have booked, in one whose declared ports are the main worktree's, and for a
    /// shell what that one has; none for docker and its kin, whose containers have networks of their own.
    ///
    /// What scripts start is the main worktree's too, and so is what listens there: it may have been started without
    /// portrun.
    func relatives(_ transaction: Transaction, _ record: ContextRecord) throws -> [RelativeBooking] {
        guard checkout.context.isGuest, compose == nil, docker == nil else { return [] }
        let booked = try transaction.bookingsOfRelatives(
            of: record, isMainAlone: invocation == nil, besideClone: checkout.context.cloneBeside)
        guard scripted != nil || serversBeside != nil else { return booked }
        let known = booked + (scripted?.bookings(besides: booked) ?? [])
        guard let serversBeside else { return known }
        return try known
            + serversBeside.bookings(besides: known).filter {
                try !transaction.isHeldOutside(of: record, $0.booking.port)
            }
    }

    /// The requests with the numbers that the same services have in the main worktree, as far as nothing here says one;
    /// one that the service had here already stays.
    func withNumbersOfMain(
        _ requests: [ServiceRequest], _ relatives: [RelativeBooking], _ transaction: Transaction,
        _ record: ContextRecord
    ) throws(RegistryError) -> [ServiceRequest] {
        let open = try openToMain(requests, transaction, record)
        if open.isEmpty { return requests }
        var result = requests
        for index in open where requests[index].wish != nil {
            result[index].declared = try transaction.booking(
                of: record, requests[index].service, requests[index].transport)?.declared
        }
        if relatives.isEmpty { return result }
        var declaredHere = DeclaredMarks()
        for request in requests { declaredHere.mark(request.declaredPorts, request.transport) }
        // Where the main worktree has services: by numbers, for there may be thousands.
        let declaredByMain = Set(relatives.filter(\.isOfMain).compactMap { $0.booking.declared?.number })
        for relative in relatives where relative.isOfMain {
            let main = relative.booking
            guard let declared = main.declaredPorts, !isUsedOfMain(main) else { continue }
            for index in open where result[index].declared == nil && result[index].transport == main.transport {
                if declaredHere.overlap(declared, main.transport) { break }
                let request = result[index]
                // A command is not what runs in a container of its name.
                if request.isExclusive, main.target != nil { continue }
                let own = try transaction.booking(of: record, request.service, request.transport)?.declared
                let isOwn = own == declared.first
                let isFree = own.map { !declaredByMain.contains($0.number) } ?? true
                guard isOwn || (request.service == main.service && isFree) else { continue }
                result[index].declared = declared.first
                declaredHere.mark(result[index].declaredPorts, request.transport)
            }
        }
        return result
    }

    /// The places of those that say no number of their own. What is wished for and booked already, as where `portrun write`
    /// has put it into an env file, says nothing new.
    private func openToMain(
        _ requests: [ServiceRequest], _ transaction: Transaction, _ record: ContextRecord
    ) throws(RegistryError) -> [Int] {
        var open: [Int] = []
        for (index, request) in requests.enumerated()
        where request.entry == nil && request.declared == nil && request.demand == nil {
            if let wish = request.wish {
                guard checkout.context.isGuest,
                    let own = try transaction.booking(of: record, request.service, request.transport),
                    own.port == wish, own.declared != wish
                else { continue }
            }
            open.append(index)
        }
        return open
    }

    /// Books a port of this checkout's own for each number of the main worktree's that it has none for: who names it is
    /// to come to this checkout's, or to nobody.
    ///
    /// - Parameter outcome: of the requests; is told of what is booked.
    func bookAside(
        _ relatives: [RelativeBooking], besides outcome: inout BookingOutcome, _ transaction: Transaction,
        _ record: ContextRecord
    ) throws {
        let requests = outcome.requests.map { $0.request }
        var here = DeclaredMarks()
        for request in requests { here.mark(request.declaredPorts, request.transport) }
        for booking in try transaction.bookings(of: record) {
            here.mark(booking.declaredPorts, booking.transport)
            here.mark(booking.ports, booking.transport)
        }
        var missing: [ServiceRequest] = []
        for relative in relatives where relative.isOfMain || relative.isUnbooked {
            let main = relative.booking
            guard let declared = main.declaredPorts, !isUsedOfMain(main), !here.overlap(declared, main.transport)
            else { continue }
            var service = main.service
            if let namesake = try transaction.booking(of: record, service, main.transport) {
                let isCommands = outcome.requests.contains {
                    $0.booking?.id == namesake.id && $0.request.isExclusive
                }
                if isCommands, let target = main.target {
                    // As compose's own has then.
                    service = service.appending(Int(target.number))
                } else if namesake.declared == nil {
                    here.mark(try transaction.declare(declared.first, for: namesake).declaredPorts, main.transport)
                    continue
                } else {
                    service = service.appending(Int(declared.first.number))
                }
                if try transaction.booking(of: record, service, main.transport) != nil { continue }
            }
            here.mark(declared, main.transport)
            if main.source == .learned {
                // The name of a command is for the server of the project that runs here.
                let isCommands = BookingPlan.isPrimaryName(main.service)
                let neutral = ServiceName("port")?.appending(Int(declared.first.number))
                let own = try transaction.adopt(declared.first, isCommands ? neutral ?? service : service, record)
                here.mark(own.ports, own.transport)
                outcome.moves.append(
                    Move(
                        service: own.service, from: declared.first, to: own.port,
                        reason: relative.isOfMain
                            ? .mainAlone : .known(owner: "what runs in \(TerminalText.onOneLine(relative.path))")))
                continue
            }
            var request = ServiceRequest(
                service, kind: ServiceKind(service: main.service.description, on: main.target ?? declared.first))
            (request.declared, request.count, request.transport) = (declared.first, main.count, main.transport)
            (request.target, request.variable, request.isOfMainAlone) = (main.target, main.variable, true)
            request.mayBeLeftOut = true
            missing.append(request)
        }
        if missing.isEmpty { return }
        var terms = BookingTerms(isShared: true, isEphemeral: options.isEphemeral)
        terms.named = namedPorts
        terms.declaredBeside = requests.compactMap(\.declaredPorts)
        let aside = try transaction.book(missing, for: record, terms: terms)
        outcome.moves += aside.moves
        outcome.leftOut += aside.leftOut
    }

    /// The ports of services that this checkout uses of the main worktree's, in addition to those of the project that was
    /// found: the files or the user say so.
    func portsUsedOfMain(_ relatives: [RelativeBooking], besides known: [MainServicePort]) -> [MainServicePort] {
        // The files in this folder have the last word on their services.
        let own = booking.requests.filter { $0.entry != nil }
        var ports: [MainServicePort] = []
        for relative in relatives where relative.isOfMain && isUsedOfMain(relative.booking) {
            let main = relative.booking
            if known.contains(where: { $0.service == main.service }) { continue }
            if own.contains(where: { $0.service == main.service && $0.transport == main.transport }) { continue }
            ports.append(
                MainServicePort(
                    service: main.service, port: main.port, variable: main.variable, declared: main.declared))
        }
        return ports
    }

    /// A warning for each service that the user wants to use of the main worktree's and nobody knows: neither the project,
    /// nor its scripts, nor what that one has booked.
    func warningsOfUnknownMainServices(_ booked: BookedPlan) -> [Warning] {
        // Inside a run compose is given the names of all of the run's services.
        if project == nil, !checkout.context.isGuest || compose != nil || docker != nil { return [] }
        var warnings: [Warning] = []
        for name in unknownMainServices {
            let isKnown = booked.mainServicePorts.contains { port in
                Self.isName(name, of: port.service) || Self.isKind(name, on: port.declared)
            }
            if isKnown { continue }
            warnings.append(Warning("there is no service `\(name)` that the main worktree could share"))
        }
        return warnings
    }

    /// Whether a booking of the main worktree's is for one of the services that are used from there.
    private func isUsedOfMain(_ booking: Booking) -> Bool {
        if booking.isLent { return true }
        // The further ports of a service are called after it and their number.
        let names = (mainServices?.names ?? []) + options.mainServices + (scripted?.shared ?? [])
        return names.contains { name in
            Self.isName(name, of: booking.service)
                || booking.source == .learned && Self.isKind(name, on: booking.declared)
        }
    }

    private static func isName(_ name: String, of service: ServiceName) -> Bool {
        ServiceName(name).map { service.slot(of: $0) != nil } ?? false
    }

    /// True for `redis` and 6379: nobody has told what was learned there its name.
    private static func isKind(_ name: String, on declared: Port?) -> Bool {
        declared != nil && ServiceKind(service: name).wellKnownPort == declared
    }
}
