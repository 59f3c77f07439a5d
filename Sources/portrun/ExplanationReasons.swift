import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunRegistry

/// The reasons why a launch sets, changes and removes variables.
struct ExplanationReasons {
    private let started: RunPipeline.Started
    private let launch: Launch
    /// Where files are seen from.
    private let folder: String

    init(_ started: RunPipeline.Started, _ launch: Launch, seenFrom folder: String) {
        self.started = started
        self.launch = launch
        self.folder = folder
    }

    subscript(name: String) -> ExplanationReason {
        let overlay = started.overlay
        guard overlay.names.contains(name) else {
            return ExplanationReason(text: "leads compose inside the command to portrun")
        }
        if overlay.removals.contains(name) { return ExplanationReason(text: "set by an earlier portrun") }
        if let reason = following(name) ?? booked(name) { return reason }
        switch name {
        case "COMPOSE_PROJECT_NAME": return ExplanationReason(text: "keeps the containers of checkouts apart")
        case _ where launch.settings(started.outcome.ports).contains { $0.name == name }:
            return ExplanationReason(text: "tells a server its port")
        case _ where name.hasPrefix("PORTRUN_"): return ExplanationReason(text: "for a portrun inside")
        default: return ExplanationReason(text: "given back from an earlier portrun")
        }
    }

    /// The reason for a value that follows ports.
    private func following(_ name: String) -> ExplanationReason? {
        guard !started.overlay.owns(name),
            let change = started.rewrite?.changes.first(where: { $0.name == name })
        else { return nil }
        var text = ""
        var services: [ServiceName] = []
        var told: [Port] = []
        for edit in change.edits where !told.contains(edit.declared) {
            told.append(edit.declared)
            if !services.contains(edit.service) { services.append(edit.service) }
            text += (text.isEmpty ? "" : ", ") + "`\(edit.service)` is on \(edit.booked) instead of \(edit.declared)"
        }
        switch change.origin {
        case .environment: return ExplanationReason(text: text, services: services)
        case .file(let path, let line):
            return ExplanationReason(
                text: text + "; from " + place(path, line), services: services, file: path, line: line)
        }
    }

    /// The reason for a variable that carries the port of a booking, or a port of the main worktree.
    private func booked(_ name: String) -> ExplanationReason? {
        if let primary = launch.plan.primary, name == launch.options.wishes.variable {
            return booked(at: primary)
        }
        let bookings = started.outcome.bookings
        if let index = bookings.firstIndex(where: { $0.variable == name })
            ?? bookings.firstIndex(where: { $0.service.portVariable == name })
        {
            return booked(at: index)
        }
        for port in started.sharedPorts where port.variable == name || port.service.portVariable == name {
            return ExplanationReason(text: "`\(port.service)` of the main worktree", services: [port.service])
        }
        return nil
    }

    private func booked(at index: Int) -> ExplanationReason {
        let booking = started.outcome.bookings[index]
        var requests = launch.plan.requests
        for index in started.outcome.unbooked.reversed() { requests.remove(at: index) }
        let request = requests[index]
        var text = "booked for `\(booking.service)`"
        if let declared = request.declared, declared != booking.port { text += " instead of \(declared)" }
        guard let entry = request.entry, let port = launch.project?.ports[entry] else {
            return ExplanationReason(text: text, services: [booking.service])
        }
        return ExplanationReason(
            text: text + "; from " + place(port.file, port.line), services: [booking.service], file: port.file,
            line: port.line)
    }

    private func place(_ path: String, _ line: Int) -> String { "\(Path.shortest(path, from: folder)):\(line)" }
}
