import PortrunBase
import PortrunCompose

/// The services of compose projects that a project's makefiles and scripts name, beside the one that compose finds by
/// itself: nobody may have launched them under portrun yet, and their numbers are the project's all the same.
///
/// A class, since nearly every launch has none.
package final class ScriptedServices: Sendable {
    /// The projects, those without a port too.
    let projects: [ComposeProject]
    /// The first name that a script demands for one of them, or for the one that compose finds by itself; nil for none.
    let demanded: String?
    /// A script names a file of the project that compose finds by itself.
    let namesKnown: Bool
    /// What could not be read, in one line; nil where all was.
    let warning: Warning?
    /// With what the main worktree declares, where this is another checkout and has the same.
    let requests: [ServiceRequest]
    /// Those that the files here say to use of the main worktree's.
    let shared: [String]
    /// For each request what declares it.
    let ports: [DeclaredPort]
    /// The checkout that has the numbers; nil where that is this one.
    let main: (label: String, path: String)?

    /// - Parameters:
    ///   - known: the project that compose finds by itself.
    /// - Returns: nil where no script names one, nor that one in words of its own.
    init?(in checkout: Checkout, besides known: ComposeProject?, _ look: Look) {
        let root = checkout.context.path
        let found = ScriptedProjects(in: checkout, besides: known, look)
        let scripted = found.all
        if scripted.isEmpty, found.ofKnown.isEmpty, found.warning == nil { return nil }
        let main = checkout.context.isGuest ? checkout.placeOfMain() : nil
        var requests: [ServiceRequest] = []
        var ports: [DeclaredPort] = []
        var shared: [String] = []
        var numbers = DeclaredMarks()
        for port in known?.ports ?? [] {
            if let transport = port.transport { numbers.mark(port.published.range, transport) }
        }
        for (request, project) in scripted {
            shared += project.sharedServices
            var declared = project.ports
            if let main { declared = Self.numbersOfMain(declared, request.moved(from: root, to: main.path), look) }
            let plan = BookingPlan(
                BookingPlan.Wishes(), folder: "", declared: declared, hasPrimary: false, environment: Environment())
            for var found in plan.requests {
                guard let entry = found.entry, let range = found.declaredPorts,
                    look.goesOn(after: 1, in: declared[entry].file), !numbers.overlap(range, found.transport)
                else { continue }
                numbers.mark(range, found.transport)
                found.isLent = project.sharedServices.contains(declared[entry].service)
                found.entry = nil
                found.isOfMainAlone = main != nil
                requests.append(found)
                ports.append(declared[entry])
            }
        }
        projects = scripted.map(\.project)
        demanded = (scripted.map(\.request) + found.ofKnown).lazy.compactMap(\.projectName).first
        warning = found.warning
        namesKnown = found.ofKnown.contains { !$0.files.isEmpty }
        (self.requests, self.ports, self.shared, self.main) = (requests, ports, shared, main)
    }

    /// The ports with the numbers that the same entries have in the main worktree: its env files, or its branch, may say
    /// others, and what is set for this command is not set for those there.
    private static func numbersOfMain(
        _ own: [DeclaredPort], _ request: ComposeRequest, _ look: Look
    ) -> [DeclaredPort] {
        var request = request
        for case let variable? in own.map(\.variable) { request.environment.remove(variable) }
        guard let ports = ComposeReader.readLeniently(request, look)?.ports, look.end == nil else { return own }
        var declared = own
        for index in declared.indices {
            guard look.goesOn(after: ports.count, in: declared[index].file) else { return own }
            let here = declared[index]
            let twin = ports.first {
                $0.service == here.service && $0.target == here.target && $0.transport == here.transport
                    && $0.hostIP == here.hostIP
            }
            if let twin { declared[index].published = twin.published }
        }
        return declared
    }

    /// The compose files, each once; absolute.
    var files: [String] {
        var files: [String] = []
        for project in projects {
            for file in project.files where !files.contains(file) { files.append(file) }
        }
        // What those include.
        for port in ports where !files.contains(port.file) { files.append(port.file) }
        return files
    }

    /// What is asked for a service by its name; nil for none.
    func request(for service: ServiceName, _ transport: TransportProtocol? = nil) -> ServiceRequest? {
        requests.first { $0.service == service && (transport == nil || $0.transport == transport) }
    }
}
