import PortrunBase
import PortrunLaunch
import PortrunRegistry

/// What a portrun inside of a launch of the same checkout books while that runs: docker's in a makefile, say, whose compose
/// file nobody has known before.
extension Preparation {
    /// True for a launch inside of another one of its checkout, where a port of its own has moved.
    package var hasNewsForLaunchAround: Bool {
        // Nothing to compare with in most launches.
        guard let around = plan.checkout.system.environment[Overlay.contextVariable], around == booked.context.hash
        else { return false }
        return booked.outcome.requests.contains { requested in
            guard let declared = requested.request.declared, let booking = requested.booking else { return false }
            return booking.port != declared
        }
    }

    /// That the launch around this one, which has not heard of what has just moved, does not lead there; nil where it was
    /// not to.
    package func warningOfLaunchAround(_ registry: Registry) -> Warning? {
        guard plan.invocation?.isVerbatim == true, plan.options.translating != .off,
            let move = booked.outcome.moves.first
        else { return nil }
        let translates = try? plan.checkout.look(in: registry) { reader, _ in
            try plan.checkout.translates(reader, project: plan.wholeProject)
        }
        guard translates == true else { return nil }
        return Warning(
            "`\(move.service)` was not known when the command around this one started, and \(move.from) does not lead to "
                + "\(move.to) in that: run it again")
    }

    /// What leads elsewhere, or elsewhere than before, since the launch: entries for what its checkout has booked in the
    /// meantime. Nobody is waited for, since who has booked it does.
    package func newEntries(in registry: Registry) -> [Translation.Entry] {
        guard let started = booked.translation, started.isActive else { return [] }
        var found: [Translation.Entry] = []
        try? registry.withoutWaiting {
            found = try plan.checkout.look(in: registry) { reader, record in
                guard let record else { return [] }
                let news = try reader.bookings(of: record).filter { !started.knows($0) }
                if news.isEmpty { return [] }
                let whole = try plan.checkout.translation(reader, record) { plan.wholeProject }
                return started.entries(from: whole, for: news.map(\.service))
            }
        }
        let ofMain = booked.mainServicePorts
        return found.filter { entry in !ofMain.contains { $0.declared == entry.declared || $0.port == entry.declared } }
    }
}

extension TranslationPlan {
    /// False for what has been booked, or has moved, since the plan was made.
    fileprivate func knows(_ booking: Booking) -> Bool {
        known.contains {
            $0.service == booking.service && $0.transport == booking.transport && $0.ports == booking.ports
        }
    }

    /// Those of a later plan's entries that are for `services`, and on whose number this one has nothing to say for
    /// another service. The filter stops datagrams only where some had to go elsewhere from the start.
    fileprivate func entries(from later: TranslationPlan?, for services: [ServiceName]) -> [Translation.Entry] {
        guard let later else { return [] }
        let hasDatagrams = entries.contains { $0.transport == .udp }
        return zip(later.entries, later.services).filter { entry, service in
            guard services.contains(service), entry.transport == .tcp || hasDatagrams else { return false }
            return zip(entries, self.services).allSatisfy { own, ownService in
                own.transport != entry.transport || own.declared != entry.declared || ownService == service
            }
        }.map(\.0)
    }
}
