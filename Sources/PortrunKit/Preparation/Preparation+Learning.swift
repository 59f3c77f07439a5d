import PortrunBase
import PortrunRegistry

extension Preparation {
    /// Remembers that the command listens on `ports`, where no file declares them: another checkout of the repository
    /// moves them then. Those are what its lease is for from then on. Nobody is waited for, since signals may come for
    /// the command.
    ///
    /// - Parameter lease: the command's.
    package func learn(_ ports: [Port], by lease: Lease, in registry: Registry) throws {
        let checkout = plan.checkout
        guard checkout.context.repository != nil, !checkout.isNamed else { return }
        let led = booked.siblings.filter { $0.transport == .tcp && $0.isMoved && ports.contains($0.port) }
        let news = news(in: ports)
        if led.isEmpty, news.isEmpty { return }
        try registry.withoutWaiting {
            try checkout.enter(registry) { transaction, entered, _ in
                let record = try transaction.record(holding: lease, in: entered)
                var learned = led
                for port in news {
                    if let booking = try transaction.learn(port, for: record) { learned.append(booking) }
                }
                for booking in learned { try transaction.hold(booking, by: lease) }
                // It has no other port, so that what it was given is for a server that it is not.
                guard let primary = plan.booking.primary, case let requested = booked.outcome.requests[primary],
                    let own = requested.booking, !learned.isEmpty, learned.map(\.port).sorted() == ports.sorted()
                else { return }
                try transaction.giveBack(own, by: lease, isNew: requested.isNew, record)
            }
        }
    }

    /// Those of `ports` that neither a file nor an earlier launch of this checkout accounts for, and in the main one those
    /// whose lease is to say so.
    private func news(in ports: [Port]) -> [Port] {
        let checkout = plan.checkout
        let known = booked.outcome.bookings + booked.siblings
        return ports.filter { port in
            if known.contains(where: { $0.declared == port }) { return false }
            guard let own = known.first(where: { $0.transport == .tcp && $0.ports.contains(port) }) else {
                // Of what nobody knows as a server only the numbers that lead somewhere are known here.
                return !checkout.context.isGuest || plan.hasServers
            }
            // That of a further run is no number of the project's.
            let isFurther = booked.outcome.requests.contains {
                $0.booking?.id == own.id && $0.request.service != own.service
            }
            return !isFurther && !checkout.context.isGuest && own.declared == nil && own.count == 1
        }
    }

    /// True where a number leads to a port of this checkout's that no file declares: its status says which command has it.
    package var hasLearned: Bool { booked.siblings.contains { $0.source == .learned } }
}
