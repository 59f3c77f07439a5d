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
            switch name {
            case NodePreload.variable: return ExplanationReason(text: "tells servers that node runs their port")
            case _ where name.hasPrefix("LISTEN_"): return ExplanationReason(text: "hands over what portrun listens on")
            default:
                let tools = preparation.plan.shims?.leadsPortTools == true ? "compose, `lsof` and their kin" : "compose"
                return ExplanationReason(text: "leads \(tools) inside the command to portrun")
            }
        }
        if removals.contains(name) { return ExplanationReason(text: "set by an earlier portrun") }
        if let reason = following(name) ?? booked(name) { return reason }
        switch name {
        case "COMPOSE_PROJECT_NAME": return ExplanationReason(text: "keeps the containers of checkouts apart")
        case _ where preparation.plan.settings(preparation.booked.outcome.ports).contains { $0.name == name }:
            return ExplanationReason(text: "tells a server its port")
        case _ where name.hasPrefix("PORTRUN_"): return ExplanationReason(text: "for a portrun inside")
        case ComposeFileList.variable, ComposeFileList.separatorVariable:
            return ExplanationReason(text: "names compose the project's files and portrun's override")
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
        if let sibling = preparation.booked.siblings.first(where: { $0.variable == name })
            ?? preparation.booked.siblings.first(where: { $0.service.portVariable == name })
        {
            let declared = sibling.declared.map { " instead of \($0)" } ?? ""
            return ExplanationReason(text: "booked for `\(sibling.service)`\(declared)", services: [sibling.service])
        }
        for port in preparation.booked.mainServicePorts where port.variable == name || port.service.portVariable == name
        {
            return ExplanationReason(text: "`\(port.service)` of the main worktree", services: [port.service])
        }
        for booked in requests where booked.booking == nil && booked.request.service.portVariable == name {
            return ExplanationReason(
                text: "`\(booked.request.service)` keeps the port that the project declares",
                services: [booked.request.service])
        }
        return nil
    }

    /// The variables that are not set, since the project has the ports by itself.
    var untold: [(name: String, reason: ExplanationReason)] {
        let (plan, outcome) = (preparation.plan, preparation.booked.outcome)
        let told = plan.bookingsToTell(outcome)
        var untold: [(name: String, reason: ExplanationReason)] = []
        for requested in outcome.requests {
            guard let booking = requested.booking, !told.contains(where: { $0.id == booking.id }),
                let (source, file, line) = source(of: requested)
            else { continue }
            let reason = ExplanationReason(
                text: "`\(booking.service)` has \(booking.ports) by itself; from " + source,
                services: [booking.service], file: file, line: line)
            untold.append((booking.variable ?? booking.service.portVariable, reason))
        }
        return untold
    }

    /// The reason for a variable of a request; nil for one that has no booking.
    private func reason(for booked: BookedRequest) -> ExplanationReason? {
        guard let booking = booked.booking else { return nil }
        let request = booked.request
        var text = "booked for `\(booking.service)`"
        if let declared = request.declared, declared != booking.port { text += " instead of \(declared)" }
        guard let (source, file, line) = source(of: booked) else {
            return ExplanationReason(text: text, services: [booking.service])
        }
        return ExplanationReason(
            text: text + "; from " + source, services: [booking.service], file: file, line: line)
    }

    /// Where the number of a request comes from: the user's variable, which wins over what the project declares, or the
    /// line that declares it; nil for a framework's default.
    private func source(of booked: BookedRequest) -> (text: String, file: String?, line: Int?)? {
        if let wish = booked.request.wish, wish == booked.booking?.port, wish != booked.request.declared {
            for name in variables(of: booked.request) {
                if preparation.plan.checkout.userEnvironment[name].flatMap({ Port($0) }) == wish {
                    return ("`\(name)` in the environment", nil, nil)
                }
                let files = try? preparation.plan.envFiles?.variables()
                if let found = files?.last(name), Port(String(decoding: found.value, as: UTF8.self)) == wish {
                    return (place(found.path, found.line), found.path, found.line)
                }
            }
        }
        return declaration(of: booked.request).map { (place($0.file, $0.line), $0.file, $0.line) }
    }

    /// Those that can give a request its port.
    private func variables(of request: ServiceRequest) -> [String] {
        let plan = preparation.plan
        let isPrimary = plan.booking.primary.map { plan.booking.requests[$0].service == request.service } ?? false
        let own = [isPrimary ? plan.options.wishes.variable : nil, request.variable].compactMap { $0 }
        return own + [request.service.portVariable]
    }

    /// The file and line of the project's that declare a port; nil for a framework's default.
    private func declaration(of request: ServiceRequest) -> (file: String, line: Int)? {
        let plan = preparation.plan
        if let entry = request.entry { return plan.project.map { ($0.ports[entry].file, $0.ports[entry].line) } }
        for (call, index) in zip(plan.calls.calls, plan.booking.serverRequests)
        where plan.booking.requests[index].service == request.service {
            return call.configured.map { ($0.file, $0.line) } ?? call.place.map { ($0.file, $0.line()) }
        }
        return nil
    }

    private func place(_ path: String, _ line: Int) -> String { "\(Path.shortest(path, from: folder)):\(line)" }
}
