import PortrunBase
import PortrunLaunch
import PortrunRegistry

/// Ports that nobody declares, and which a translated command is about to listen on.
extension Preparation {
    /// So long, in milliseconds, the command waits for those who write to the registry: who asks waits for a second.
    private static let patience: Int64 = 400

    /// A port of this checkout's own in the place of one that is another checkout's; nil where the command is to have what
    /// it asks for, or its error. From then on it is declared here as well.
    ///
    /// - Parameters:
    ///   - holder: who listens there; nil for nobody.
    ///   - lease: the command's, which holds that port from then on.
    package func move(
        _ port: Port, heldBy holder: ListeningProcess?, by lease: Lease? = nil, in registry: Registry
    ) -> (Port, Warning)? {
        guard !plan.checkout.isNamed else { return nil }
        if let holder { return move(port, of: holder, by: lease, in: registry) }
        return leave(port, by: lease, in: registry)
    }

    /// In the place of one that another checkout has by its own files or commands, and on which `holder` listens; nil where
    /// that is nobody whom portrun has started for another checkout.
    private func move(
        _ port: Port, of holder: ListeningProcess, by lease: Lease?, in registry: Registry
    ) -> (Port, Warning)? {
        let other = booked.translation?.owner(of: port)
        // What portrun has chosen for another checkout is in nobody's source.
        if let other, other.booking.port != port || other.booking.isMoved { return nil }
        let lineage = [holder.pid] + ProcessTree.ancestors(of: holder.pid)
        let own = book(by: lease, in: registry) { transaction, record in
            try transaction.adopt(port, of: other?.booking, heldBy: lineage, record)
        }
        guard let own else { return nil }
        let holding =
            other.map { "`\($0.booking.service)` of \(place(of: $0))" }
            ?? "in use by `\(TerminalText.onOneLine(holder.name))` of another checkout"
        return (own.port, Warning("\(port) is \(holding): the command listens on \(own.port) in its place"))
    }

    /// In the place of one on which nobody listens, in a linked worktree: the main one may have it in its source as well, and
    /// keeps it. Not for the ports of debuggers and the like, to which tools outside of the command connect.
    private func leave(_ port: Port, by lease: Lease?, in registry: Registry) -> (Port, Warning)? {
        guard booked.translation?.leavesUndeclared == true, !PortExpectation.isOfTool(port),
            !booked.mainServicePorts.contains(where: { $0.port == port })
        else { return nil }
        let other = booked.translation?.owner(of: port)
        let isKept = other.map { $0.booking.port == port && !$0.booking.isMoved } ?? false
        let own = book(by: lease, in: registry) { transaction, record in
            try transaction.leave(port, as: isKept ? other?.booking : nil, record)
        }
        guard let own else { return nil }
        let owner = isKept ? other.map { "`\($0.booking.service)` of \(place(of: $0))" } : nil
        let reason = owner.map { "is \($0)" } ?? "stays \(Move.ofMain(plan.checkout.firstClone))"
        return (own.port, Warning("\(port) \(reason): the command listens on \(own.port) in its place"))
    }

    /// A port of this checkout's own in the place of one to which the command is about to connect, where something that runs in
    /// another checkout's folder listens, and came after the start; nil for what anybody else has.
    package func ownPort(besides port: Port, in registry: Registry) -> Port? {
        guard booked.translation?.leavesUndeclared == true,
            !booked.mainServicePorts.contains(where: { $0.port == port }),
            ServersBeside(in: plan.checkout, on: port) != nil
        else { return nil }
        return book(by: nil, in: registry) { transaction, record in
            try transaction.leave(port, as: nil, record)
        }?.port
    }

    /// Where it cannot be booked soon, the command has what it asks for.
    private func book(
        by lease: Lease?, in registry: Registry, _ body: (Transaction, ContextRecord) throws -> Booking?
    ) -> Booking? {
        var own: Booking?
        try? registry.withoutWaiting(longerThan: Self.patience) {
            own = try plan.checkout.enter(registry) { transaction, entered, _ in
                let record = try lease.map { try transaction.record(holding: $0, in: entered) } ?? entered
                let booking = try body(transaction, record)
                if let booking, let lease { try transaction.hold(booking, by: lease) }
                return booking
            }
        }
        return own
    }
}
