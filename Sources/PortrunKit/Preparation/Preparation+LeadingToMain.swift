import PortrunBase
import PortrunLaunch
import PortrunRegistry

/// What a command reaches by a declared number where it has the machine's localhost.
extension Preparation {
    /// A warning for each number of this checkout's that has moved, and by which the command reaches what listens there:
    /// the main worktree's, as a rule. So it does while this checkout's own service runs beside it.
    package func numbersLeadingToMain() -> [Warning] {
        guard translation == nil, plan.checkout.context.isGuest, plan.compose == nil, plan.docker == nil,
            plan.invocation?.isVerbatim == false
        else { return [] }
        // A launch inside a launch of the same checkout has that one's localhost.
        let outer = plan.checkout.system.environment[Overlay.contextVariable]
        if lacking.contains(.translation), outer == booked.context.hash { return [] }
        var warnings: [Warning] = []
        var told: Set<Port> = []
        for booking in bookingsByUse {
            guard let declared = booking.declared, Self.isListening(on: declared),
                !booked.mainServicePorts.contains(where: { $0.port == declared }), told.insert(declared).inserted
            else { continue }
            let main = booked.relatives.first {
                $0.isOfMain && $0.booking.transport == .tcp && $0.booking.port == declared
            }
            // What was started without portrun is no service that anybody knows by a name.
            let isKnown = main.map { !$0.isUnbooked || $0.booking.source != .learned } ?? false
            let name = isKnown ? main.map { "`\($0.booking.service)` of \(place(of: $0))" } : nil
            guard let owner = name ?? stranger(on: declared) else { continue }
            let holder = plan.options.rewriting.isOn ? "its source" : "its source or a value (`--no-rewrite`)"
            var message =
                "who has \(declared) in \(holder) reaches \(owner), and a server with that number finds it taken, "
                + "for localhost is not translated: "
            message +=
                booked.translation?.omission?.remedy
                ?? (plan.options.rewriting.isOn ? "name \(booking.port) there" : "leave `--no-rewrite` out")
            if let main { message += ", or use that one with `--use-main \(main.booking.service)`" }
            warnings.append(Warning(message + "; `portrun discover` lists the places"))
        }
        return warnings
    }

    /// The TCP bookings that have moved; first those where something listens, for of several servers with one number it is
    /// the running one that is meant.
    private var bookingsByUse: [Booking] {
        var running: [Booking] = []
        var idle: [Booking] = []
        for booking in booked.outcome.bookings + booked.siblings where booking.transport == .tcp && booking.isMoved {
            if Self.isListening(on: booking.port) { running.append(booking) } else { idle.append(booking) }
        }
        return running + idle
    }

    /// Nothing is said of what does not become known.
    private static func isListening(on port: Port) -> Bool { (try? BoundSocket.isWaiting(on: port, .tcp)) == true }

    /// The program of somebody else that listens on a port; nil for this checkout's own.
    private func stranger(on port: Port) -> String? {
        guard let process = ListeningProcess.find(on: port, .tcp) else { return "what listens there" }
        return plan.checkout.isOwn(process)
            ? nil : "`\(TerminalText.onOneLine(process.name))` (pid \(process.pid)), which listens there"
    }
}
