import PortrunBase
import PortrunCompose

/// The ports that launches in a folder would give to what they start, and the names they book them under.
struct LaunchedPorts {
    /// The service of a command itself.
    let own: ServiceName
    private(set) var ports: [(service: ServiceName, port: Port)] = []
    /// What env files give `PORT`.
    var wish: Port?
    private let declared: [DeclaredPort]
    private let context: Context
    private let workingDirectory: String
    private let packages: Packages

    /// - Parameters:
    ///   - declared: what compose declares.
    ///   - context: that of `workingDirectory`.
    init(_ declared: [DeclaredPort], _ context: Context, in workingDirectory: String, _ look: Look) {
        packages = Packages(look)
        self.declared = declared
        self.context = context
        self.workingDirectory = workingDirectory
        let plan = Self.plan(declared, in: context.folder)
        // A plan with a primary has its request first.
        own = plan.requests[0].service
    }

    /// Those of the servers that the scripts of the folder's own `package.json` start; nil where it has none.
    init?(scriptsOf declared: [DeclaredPort], _ checkout: Checkout, _ look: Look) {
        let folder = checkout.workingDirectory
        guard let package = try? PackageScripts(at: folder + "/package.json", look) else { return nil }
        self.init(declared, checkout.context, in: folder, look)
        for script in package.mostUsualFirst where look.end == nil { add(script: script.name, in: folder) }
    }

    /// The port of a command itself, where a script says it.
    var portOfOwn: Port? { ports.first { $0.service == own }?.port }

    /// The service name of a command that is launched in another folder of the checkout.
    func own(in folder: String) -> ServiceName {
        let folder = Path.relative(folder, to: context.path) ?? context.folder
        return Self.plan(declared, in: folder).requests[0].service
    }

    /// Notes a port; false when it, or the service, is known.
    @discardableResult
    mutating func add(_ service: ServiceName, _ port: Port) -> Bool {
        let isKnown = ports.contains { $0.service == service || $0.port == port }
        if !isKnown { ports.append((service, port)) }
        return !isKnown
    }

    /// Notes the ports of the servers of known frameworks that a script starts, their default ones too.
    ///
    /// - Parameter folder: that of its `package.json`.
    /// - Returns: those that were not known.
    @discardableResult
    mutating func add(script: String, in folder: String) -> [(service: ServiceName, port: Port)] {
        let file = folder + "/package.json"
        let calls = FrameworkCalls(["npm", "run", script], in: folder, packages, source: file)
        // A plan looks through all that compose declares.
        guard !calls.calls.isEmpty, packages.look.goesOn(after: declared.count * 16, in: file) else { return [] }
        let servers = calls.servers(root: context.path, workingDirectory: workingDirectory)
        let plan = Self.plan(declared, in: context.folder, servers, obeys(script, calls, in: folder) ? wish : nil)
        var added: [(service: ServiceName, port: Port)] = []
        for index in plan.serverRequests {
            let request = plan.requests[index]
            guard let port = request.wish ?? request.declared, !port.isPrivileged, add(request.service, port) else {
                continue
            }
            // Another file gives it a wish.
            if request.wish == nil { added.append((request.service, port)) }
        }
        return added
    }

    /// The name that a launch gives the service on a port.
    func service(on port: Port) -> ServiceName? { ports.first { $0.port == port }?.service }

    /// Whether the one server of a script gets the `PORT` of an env file.
    private func obeys(_ script: String, _ calls: FrameworkCalls, in folder: String) -> Bool {
        wish != nil && calls.calls.count == 1 && !calls.isParallel && calls.calls[0].framework.readsPort
            && EnvFileEvidence.isThere(["npm", "run", script], calls, in: folder, Environment(), packages.look)
    }

    private static func plan(
        _ declared: [DeclaredPort], in folder: String, _ servers: [BookingPlan.Server] = [], _ wish: Port? = nil
    ) -> BookingPlan {
        BookingPlan(
            BookingPlan.Wishes(), folder: folder, declared: declared, hasPrimary: true, servers: servers, wish: wish,
            environment: Environment())
    }
}
