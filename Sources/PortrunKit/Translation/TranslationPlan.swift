import PortrunBase
import PortrunLaunch
import PortrunRegistry

/// What a command would find elsewhere on a localhost of its own, and whether it is to have that.
///
/// A class, since nearly every launch has none: nothing has moved.
package final class TranslationPlan: Sendable {
    /// Each declared port that has moved, or that nothing of the checkout's has. None where only what nobody declares is to
    /// be left to the main worktree.
    package let entries: [Translation.Entry]
    /// The services behind the entries, one for each.
    let services: [ServiceName]
    package let mode: Translation.Mode
    /// What says that there is to be none; nil where there is to be one.
    package let omission: TranslationOmission?
    /// Ports of other checkouts of the repository, for which there is no entry.
    package let others: [RelativeBooking]
    /// What the checkout had booked when this was made.
    let known: [Booking]
    /// A number that nobody declares is the main worktree's, which may have it in its source.
    package let leavesUndeclared: Bool

    init(
        _ entries: [Translation.Entry], _ services: [ServiceName], _ mode: Translation.Mode,
        _ omission: TranslationOmission?, _ others: [RelativeBooking], known: [Booking] = [],
        leavesUndeclared: Bool = false
    ) {
        self.entries = entries
        self.services = services
        self.mode = mode
        self.omission = omission
        self.others = others
        self.known = known
        self.leavesUndeclared = leavesUndeclared
    }

    var isActive: Bool { omission == nil }

    /// nil where there is to be none.
    var translation: Translation? {
        guard isActive else { return nil }
        return Translation(
            mode, entries, others: others.flatMap { Array($0.booking.ports.ports) }, asksFirst: leavesUndeclared)
    }

    /// A line for each number that leads elsewhere, or one that says why none does.
    package var lines: [String] {
        if let omission { return ["localhost is not translated: \(omission.message)"] }
        var lines: [String] = []
        for (entry, service) in zip(entries, services) where entry.booked != entry.declared {
            let kind = entry.transport == .tcp ? "" : "/\(entry.transport.rawValue)"
            let use =
                switch entry.use {
                case .both: ""
                case .bindOnly: " to listen"
                case .connectOnly: " to connect"
                }
            let booked = entry.booked?.description ?? "nobody"
            lines.append("localhost:\(entry.declared)\(kind) → \(booked) (\(service))\(use), by translation")
        }
        return lines
    }

    /// That there is none where nobody has asked for that.
    var warning: Warning? {
        guard case .changesUser? = omission, let line = lines.first else { return nil }
        return Warning(line + " with it (`--translate on` does it nonetheless)")
    }

    /// The TCP ports of this machine from which a connection leads elsewhere.
    var portsThatLeadElsewhere: Set<Port> {
        guard isActive else { return [] }
        return Set(entries.filter { $0.transport == .tcp && $0.use != .bindOnly }.map(\.declared))
    }

    /// The service behind an entry.
    package func service(declared: Port, booked: Port?) -> ServiceName? {
        for (entry, service) in zip(entries, services) where entry.declared == declared && entry.booked == booked {
            return service
        }
        return nil
    }

    /// Whose a port of another checkout is.
    package func owner(of port: Port) -> RelativeBooking? { others.first { $0.booking.ports.contains(port) } }
}
