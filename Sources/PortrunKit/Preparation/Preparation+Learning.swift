import PortrunBase
import PortrunRegistry

extension Preparation {
    /// Remembers that the command listens on `ports`, where no file declares them: another checkout of the repository
    /// moves them then. One that a number of nobody's has led to is the command's own from then on. Nobody is waited for,
    /// since signals may come for the command.
    package func learn(_ ports: [Port], in registry: Registry) throws {
        let checkout = plan.checkout
        guard checkout.context.repository != nil, !checkout.isNamed else { return }
        let known = booked.outcome.bookings + booked.siblings
        if let primary = plan.booking.primary, case let own = booked.outcome.booking(at: primary),
            !ports.contains(own.port),
            let found = booked.siblings.first(where: { $0.source == .learned && ports == [$0.port] })
        {
            return try registry.withoutWaiting {
                try checkout.enter(registry) { transaction, record, _ in
                    try transaction.join(found, into: own, record)
                }
            }
        }
        let news = ports.filter { port in
            if known.contains(where: { $0.declared == port }) { return false }
            guard let own = known.first(where: { $0.transport == .tcp && $0.ports.contains(port) }) else { return true }
            // That of a further run is no number of the project's.
            let isFurther = booked.outcome.requests.contains {
                $0.booking?.id == own.id && $0.request.service != own.service
            }
            return !isFurther && !checkout.context.isGuest && own.declared == nil && own.count == 1
        }
        if news.isEmpty { return }
        try registry.withoutWaiting {
            try checkout.enter(registry) { transaction, record, _ in
                for port in news { try transaction.learn(port, for: record) }
            }
        }
    }
}
