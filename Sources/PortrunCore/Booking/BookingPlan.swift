/// What a launch in a context needs booked.
package struct BookingPlan: Sendable, Equatable {
    package private(set) var requests: [ServiceRequest] = []
    /// Where the command's own service stands in `requests`; nil for a compose command, which binds nothing itself.
    package private(set) var primary: Int?

    /// What the user asked for on the command line, beside what is discovered.
    package struct Wishes: Sendable, Equatable {
        /// The name of the primary service; nil leaves the choice to the context's folder.
        package var service: ServiceName?
        /// The variable that carries the primary's port.
        package var variable = "PORT"
        /// Ports demanded by `--port`; a nil name means the primary.
        package var demands: [Demand] = []
        /// Further services, from `--book`.
        package var books: [ServiceName] = []

        package init() {}
    }

    /// `--port [NAME=]N`
    package struct Demand: Sendable, Equatable {
        package let service: ServiceName?
        package let port: Port

        /// nil when `text` is neither `N` nor `NAME=N`.
        package init?(_ text: String) {
            guard let separator = text.lastIndex(of: "=") else {
                guard let port = Port(text) else { return nil }
                self.port = port
                service = nil
                return
            }
            guard let port = Port(text[text.index(after: separator)...]),
                let service = ServiceName(String(text[..<separator]))
            else { return nil }
            self.port = port
            self.service = service
        }
    }

    /// The plan for the services that `declared` publishes and, when `hasPrimary`, the command itself.
    ///
    /// The primary service is the one named, else the folder below the worktree root (`apps/web` is `apps-web`), else
    /// `web`. A service that publishes several ports has its name for the first and `name-target` for the others.
    /// - Parameters:
    ///   - folder: the command's folder seen from the context's path; empty at its root.
    ///   - environment: the user's, without what an earlier overlay set.
    package init(
        _ wishes: Wishes, folder: String, declared: [DeclaredPort], hasPrimary: Bool, environment: Environment
    ) {
        if hasPrimary {
            var request = ServiceRequest(wishes.service ?? Self.primaryName(folder: folder))
            // Whatever its name says, a command is a server of the project's own unless it is a known program.
            if request.kind == .other { request.kind = .web }
            request.isExclusive = true
            request.wish = environment[wishes.variable].flatMap { Port($0) }
            request.demand = wishes.demands.last { $0.service == nil }?.port
            primary = 0
            requests.append(request)
        }
        for (entry, port) in declared.enumerated() where port.isActive {
            requests += Self.requests(for: port, entry, beside: requests)
        }
        for name in wishes.books + wishes.demands.compactMap(\.service)
        where !requests.contains(where: { $0.service == name }) {
            requests.append(ServiceRequest(name))
        }
        for index in requests.indices {
            let request = requests[index]
            requests[index].demand = wishes.demands.last { $0.service == request.service }?.port ?? request.demand
            requests[index].wish =
                request.wish ?? environment[request.service.portVariable].flatMap { Port($0) }
        }
    }

    private static func primaryName(folder: String) -> ServiceName {
        ServiceName(String(folder.map { $0 == "/" ? "-" : $0 })) ?? .web
    }

    /// One request for each host port that `declared` names; none where Docker would choose.
    private static func requests(
        for declared: DeclaredPort, _ entry: Int, beside others: [ServiceRequest]
    ) -> [ServiceRequest] {
        guard let transport = declared.transport, let published = declared.published,
            let range = PortRange(published), let service = ServiceName(declared.service)
        else { return [] }
        var requests: [ServiceRequest] = []
        for (offset, port) in range.ports.enumerated() {
            var request = ServiceRequest(service, kind: declared.kind)
            request.transport = transport
            request.target = Port(declared.target + (range.count == 1 ? 0 : offset))
            request.declared = port
            request.entry = entry
            request.variable = declared.feedsOnlyHostPort ? declared.variable : nil
            let isNameTaken = { (name: ServiceName) in
                (others + requests).contains { $0.service == name && $0.transport == request.transport }
            }
            if isNameTaken(service) { request.service = service.appending(request.target ?? port) }
            if isNameTaken(request.service) { request.service = request.service.appending(port) }
            guard !isNameTaken(request.service) else { continue }
            requests.append(request)
        }
        return requests
    }
}

extension ServiceName {
    /// A valid name.
    fileprivate static var web: ServiceName { ServiceName("web")! }

    fileprivate func appending(_ port: Port) -> ServiceName { appending(Int(port.number)) }
}
