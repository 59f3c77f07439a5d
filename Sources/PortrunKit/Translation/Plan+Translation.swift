import PortrunBase
import PortrunCompose
import PortrunLaunch
import PortrunRegistry

extension Plan {
    /// What the command would find elsewhere on a localhost of its own; nil where nothing has moved and nothing may be the
    /// main worktree's, for docker and its kin, whose containers have their own, and for a shell.
    func translation(
        of outcome: BookingOutcome, siblings: [Booking], mainServices: [MainServicePort],
        relatives: [RelativeBooking], _ transaction: Transaction, _ record: ContextRecord
    ) throws -> TranslationPlan? {
        guard let invocation, !invocation.isVerbatim, compose == nil, docker == nil else { return nil }
        let hasMoved = hasMoved(outcome, siblings, mainServices)
        guard hasMoved || leavesUndeclared else { return nil }
        // Nothing of what has not moved leads anywhere.
        var entries = try entries(of: outcome, siblings, mainServices) { own, request throws(RegistryError) in
            let known = try transaction.bookings(of: record).filter {
                $0.transport == request.transport && $0.id != own.id
            }
            // Of several servers of one name it is the one that has the number.
            return known.first {
                $0.declared == request.declared && request.declared != nil
                    && $0.service.slot(of: request.service) != nil
            } ?? known.first { $0.service == request.service }
        }
        let isEmpty = entries.entries.isEmpty
        if isEmpty, !leavesUndeclared { return nil }
        let all = try transaction.bookings(of: record)
        try entries.keepServed { service, transport, declared in
            let server = all.first {
                $0.transport == transport && $0.service != service && $0.ports.contains(declared)
            }
            return try server.map(transaction.isBusy) ?? false
        }
        let setting = TranslationSetting(
            option: options.translating, machine: try transaction.value(of: .translate), wholeProject,
            relativeTo: checkout.workingDirectory)
        let omission =
            setting.omission ?? (setting.mode == .on ? nil : userChange.map { .changesUser(program: $0.rawValue) })
        if isEmpty, omission != nil { return nil }
        // Who is not told of anything needs not know them.
        var others = relatives
        if omission != nil {
            others = []
        } else if others.isEmpty {
            others = try transaction.bookingsOfRelatives(
                of: record, besideClone: checkout.context.cloneBeside)
        }
        // Who uses a service of the main worktree's is not told of it each time.
        if !mainServices.isEmpty {
            others.removeAll { other in mainServices.contains { other.isOfMain && $0.port == other.booking.port } }
        }
        return TranslationPlan(
            // Where nothing has moved, nothing is missing without it.
            entries.entries, entries.services, isEmpty ? .auto : setting.mode, omission, others, known: all,
            leavesUndeclared: leavesUndeclared)
    }

    /// A block of more ports that is left out is told of, and no more: a rule for each would slow every call down.
    private static let mostRefused = 4096

    /// First, without an array: nearly always nothing has moved, and a launch then pays for nothing.
    private func hasMoved(
        _ outcome: BookingOutcome, _ siblings: [Booking], _ mainServices: [MainServicePort]
    ) -> Bool {
        if !siblings.isEmpty || (checkout.context.isGuest && !outcome.leftOut.isEmpty) { return true }
        for booked in outcome.requests {
            guard let declared = booked.request.declared ?? booked.request.wish, let booking = booked.booking
            else { continue }
            if declared != booking.port { return true }
        }
        for main in mainServices where main.declared != nil && main.declared != main.port { return true }
        return false
    }

    /// - Parameter first: the slot before a further one that has the number of a request.
    private func entries(
        of outcome: BookingOutcome, _ siblings: [Booking], _ mainServices: [MainServicePort],
        first: (Booking, ServiceRequest) throws(RegistryError) -> Booking?
    ) throws(RegistryError) -> TranslationEntries {
        var entries = TranslationEntries()
        for main in mainServices {
            guard let declared = main.declared else { continue }
            entries.add(main.service, .tcp, declared, to: PortRange(main.port), .connectOnly)
        }
        for booked in outcome.requests {
            let request = booked.request
            guard let declared = request.declared ?? request.wish, let booking = booked.booking,
                !checkout.isUsers(booking)
            else { continue }
            guard booking.service != request.service, booking.port != declared, booking.declared != declared,
                let running = try first(booking, request)
            else {
                entries.add(request.service, request.transport, declared, to: booking.ports)
                continue
            }
            // A further run listens on a port of its own; what it connects to is the one that runs, until it has
            // listened itself.
            entries.add(booking.service, request.transport, declared, to: booking.ports, .bindOnly)
            entries.add(request.service, request.transport, declared, to: running.ports, .connectOnly)
        }
        for sibling in siblings where !checkout.isUsers(sibling) { entries.add(sibling) }
        // What the main worktree declares is its own, booked or not.
        if checkout.context.isGuest {
            for request in outcome.leftOut where request.count <= Self.mostRefused { entries.refuse(request) }
        }
        entries.dropAmbiguous()
        return entries
    }

    /// The links that a translated command is given where no tool of docker's kind is installed.
    var linksForUserChange: ShimFolder? {
        guard !Trust.isRoot, options.isShimmed, options.isDiscovering else { return nil }
        return ShimFolder(
            in: checkout.state, for: SearchPath(checkout.userEnvironment), now: checkout.system.now, changesUser: true)
    }

    /// The first program among the command's words, or in its scripts, that becomes another user; nil for root, who may.
    private var userChange: UserChange? {
        guard !Trust.isRoot, let words = invocation?.words else { return nil }
        for word in words {
            if let change = UserChange(named: Path.lastName(word)) { return change }
        }
        return calls.userChange
    }
}
