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

    /// A port of this checkout's own in the place of one that another checkout has by its own files or commands, and on
    /// which `holder` listens; nil where that is nobody whom portrun has started for another checkout. From then on it is
    /// declared here as well. Nobody is waited for, since the command does.
    package func move(_ port: Port, heldBy holder: ListeningProcess, in registry: Registry) -> (Port, Warning)? {
        let other = booked.translation?.owner(of: port)
        // What portrun has chosen for another checkout is in nobody's source.
        if let other, other.booking.port != port || other.booking.isMoved { return nil }
        guard !plan.checkout.isNamed else { return nil }
        let lineage = [holder.pid] + ProcessTree.ancestors(of: holder.pid)
        var own: Booking?
        // Where it cannot be booked at once, the command has its error.
        try? registry.withoutWaiting {
            own = try plan.checkout.enter(registry) { transaction, record, _ in
                try transaction.adopt(port, of: other?.booking, heldBy: lineage, record)
            }
        }
        guard let own else { return nil }
        let holding =
            other.map { "`\($0.booking.service)` of \(place(of: $0))" }
            ?? "in use by `\(holder.name)` of another checkout"
        return (own.port, Warning("\(port) is \(holding): the command listens on \(own.port) in its place"))
    }
}
