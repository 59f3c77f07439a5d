import PortrunBase
import PortrunCompose
import PortrunRegistry

/// The reasons why a launch sets, changes and removes variables.
struct ExplanationReasons {
    private let preparation: Preparation
    /// Where files are seen from.
    private let folder: String
    private let names: Set<ExactString>
    private let removals: Set<ExactString>
    /// The values that follow, by the names that are set to them.
    private var changes: [ExactString: ValueChange] = [:]

    init(_ preparation: Preparation) {
        self.preparation = preparation
        folder = preparation.plan.checkout.workingDirectory
        let overlay = preparation.overlay
        names = Set(of: overlay.names)
        removals = Set(of: overlay.removals)
        let owned = Set(of: overlay.assignments.map(\.name)).subtracting(Set(of: overlay.values))
        for change in preparation.rewrite?.changes ?? [] where !owned.contains(change.name) {
            changes[change.name] = change
        }
    }

    subscript(name: String) -> ExplanationReason {
        guard names.contains(name) else {
            return ExplanationReason(text: "leads compose inside the command to portrun")
        }
        if removals.contains(name) { return ExplanationReason(text: "set by an earlier portrun") }
        if let reason = following(name) ?? booked(name) { return reason }
        switch name {
        case "COMPOSE_PROJECT_NAME": return ExplanationReason(text: "keeps the containers of checkouts apart")
        case _ where preparation.plan.settings(preparation.booked.outcome.ports).contains { $0.name == name }:
            return ExplanationReason(text: "tells a server its port")
        case _ where name.hasPrefix("PORTRUN_"): return ExplanationReason(text: "for a portrun inside")
        default: return ExplanationReason(text: "given back from an earlier portrun")
        }
    }

    /// The reason for a value that follows ports.
    private func following(_ name: String) -> ExplanationReason? {
        guard let change = changes[name] else { return nil }
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
        if let primary = preparation.plan.booking.primary, name == preparation.plan.options.wishes.variable {
            return reason(for: preparation.booked.outcome.requests[primary])
        }
        let requests = preparation.booked.outcome.requests
        if let booked = requests.first(where: { $0.booking?.variable == name })
            ?? requests.first(where: { $0.booking?.service.portVariable == name })
        {
            return reason(for: booked)
        }
        for port in preparation.booked.mainServicePorts where port.variable == name || port.service.portVariable == name
        {
            return ExplanationReason(text: "`\(port.service)` of the main worktree", services: [port.service])
        }
        return nil
    }

    /// The reason for a variable of a request; nil for one that has no booking.
    private func reason(for booked: BookedRequest) -> ExplanationReason? {
        guard let booking = booked.booking else { return nil }
        let request = booked.request
        var text = "booked for `\(booking.service)`"
        if let declared = request.declared, declared != booking.port { text += " instead of \(declared)" }
        guard let entry = request.entry, let port = preparation.plan.project?.ports[entry] else {
            return ExplanationReason(text: text, services: [booking.service])
        }
        return ExplanationReason(
            text: text + "; from " + place(port.file, port.line), services: [booking.service], file: port.file,
            line: port.line)
    }

    private func place(_ path: String, _ line: Int) -> String { "\(Path.shortest(path, from: folder)):\(line)" }
}
