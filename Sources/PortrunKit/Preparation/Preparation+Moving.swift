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
        guard let holder else { return leave(port, by: lease, in: registry) }
        if let moved = move(port, of: holder, by: lease, in: registry) { return moved }
        guard booked.translation?.leavesUndeclared == true else { return nil }
        switch ListenerOwner(of: port, in: plan.checkout, registry) {
        case .relative, .unknown: return leave(port, heldBy: holder, by: lease, in: registry)
        case .other: return nil
        }
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
    ///
    /// - Parameter holder: who listens on it all the same.
    private func leave(
        _ port: Port, heldBy holder: ListeningProcess? = nil, by lease: Lease?, in registry: Registry
    ) -> (Port, Warning)? {
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
        let reason =
            owner.map { "is \($0)" } ?? holder.map { "is in use by `\(TerminalText.onOneLine($0.name))`" }
            ?? "stays \(Move.ofMain(plan.checkout.firstClone))"
        return (own.port, Warning("\(port) \(reason): the command listens on \(own.port) in its place"))
    }

    /// A port of this checkout's own in the place of one to which the command is about to connect, where something of another
    /// checkout listens, and came after the start; nil for what anybody else has.
    ///
    /// - Parameter tell: called with what the user should know of somebody else's.
    package func ownPort(besides port: Port, in registry: Registry, telling tell: (Warning) -> Void) -> Port? {
        guard booked.translation?.leavesUndeclared == true,
            !booked.mainServicePorts.contains(where: { $0.port == port })
        else { return nil }
        let isEphemeral = EphemeralPorts.current().contains(port)
        switch ListenerOwner(of: port, isEphemeral: isEphemeral, in: plan.checkout, registry) {
        case .relative:
            // The kernel gives such ports to whoever asks for any: who has it from a file or a variable of now means that one.
            if isEphemeral, !ProjectNumber(port).stands(in: plan.checkout) { return nil }
            return book(by: nil, in: registry) { transaction, record in
                try transaction.leave(port, as: nil, record)
            }?.port
        case .unknown(let process):
            if !PortExpectation.isOfTool(port) { tell(noticeOfUnknown(process, on: port)) }
            return nil
        case .other:
            return nil
        }
    }

    private func noticeOfUnknown(_ process: ListeningProcess, on port: Port) -> Warning {
        Warning(
            "\(port) is `\(TerminalText.onOneLine(process.name))` (pid \(process.pid)), which no checkout is known to have "
                + "started: this one shares it with the main one; what is started here gets a port of its own")
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
