import PortrunBase
import PortrunCompose
import PortrunRegistry

/// The services that a launch in a linked worktree uses of the main worktree's.
package struct MainServices: Sendable {
    /// Services of the project; never empty.
    package let names: [String]
    /// The main worktree.
    package let main: Context
    private let project: ComposeProject
    /// The same project as it lies there; nil when there is none.
    private let mainProject: ComposeProject?

    /// - Returns: nil where nothing is to be shared, and in the main worktree.
    init?(
        _ names: [String], of project: ComposeProject, _ request: ComposeRequest, in checkout: Checkout, _ look: Look
    ) {
        guard !names.isEmpty,
            let main = checkout.mainWorktree()
        else { return nil }
        self.names = names
        self.main = main
        self.project = project
        mainProject = ComposeReader.readLeniently(request.moved(from: checkout.context.path, to: main.path), look)
    }

    /// What the project and `names` say to share, taken out of the ports that `project` publishes here; which of the
    /// names are no services of it, and a warning for each such name in the files.
    static func taken(
        from project: inout ComposeProject?, names: [String] = [], _ request: ComposeRequest, in checkout: Checkout,
        _ look: Look
    ) -> (services: MainServices?, unknown: [String], warnings: [Warning]) {
        guard let found = project else { return (nil, names, []) }
        let shared = found.mainServices(names, relativeTo: checkout.workingDirectory)
        let services = MainServices(shared.names, of: found, request, in: checkout, look)
        if let services { project?.deactivatePorts(of: services.names) }
        return (services, shared.unknown, shared.warnings)
    }

    /// The ports that the main worktree has booked for the services, else those that its files declare.
    func ports(_ transaction: Transaction) throws(RegistryError) -> [MainServicePort] {
        let declared = mainProject?.ports ?? project.ports
        let plan = BookingPlan(
            BookingPlan.Wishes(), folder: "", declared: declared, hasPrimary: false, environment: Environment())
        let bookings = try transaction.find(main).map(transaction.bookings) ?? []
        return plan.requests.compactMap { request in
            guard let entry = request.entry, names.contains(declared[entry].service) else { return nil }
            let booking = bookings.first { $0.service == request.service && $0.transport == request.transport }
            return (booking?.port ?? request.declared).map {
                MainServicePort(
                    service: request.service, port: $0, variable: request.variable, declared: request.declared)
            }
        }
    }

    /// The text of the override about the services.
    ///
    /// - Parameter ownProject: the name of the compose project here.
    func override(_ transaction: Transaction, for ownProject: String) throws(RegistryError) -> MainServicesOverride? {
        let recorded = main.isMain ? nil : try transaction.find(main)?.project
        guard let name = recorded ?? mainProject?.name, name != ownProject else { return nil }
        return MainServicesOverride(names, of: project, for: ownProject, mainProject: name)
    }
}
