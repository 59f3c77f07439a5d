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
    /// The primary service is the one named, which may be a declared one that now runs outside its container. Else it
    /// is called after the folder below the worktree root (`apps/web` is `apps-web`), else `web`, or `app` where a
    /// declared service has that name. A service that publishes several ports has its name for the first and
    /// `name-target` for the others.
    /// - Parameters:
    ///   - folder: the command's folder seen from the context's path; empty at its root.
    ///   - environment: the user's, without what an earlier overlay set.
    package init(
        _ wishes: Wishes, folder: String, declared: [DeclaredPort], hasPrimary: Bool, environment: Environment
    ) {
        for (entry, port) in declared.enumerated() where port.isActive {
            if let request = Self.request(for: port, entry, beside: requests) { requests.append(request) }
        }
        if hasPrimary {
            let name = wishes.service ?? Self.primaryName(folder: folder, declared)
            let index = requests.firstIndex { $0.service == name && $0.transport == .tcp }
            var request = index.map { requests.remove(at: $0) } ?? ServiceRequest(name)
            // Whatever its name says, a command is a server of the project's own unless it is a known program.
            if request.kind == .other { request.kind = .web }
            request.isExclusive = true
            request.wish = environment[wishes.variable].flatMap { Port($0) }
            request.demand = wishes.demands.last { $0.service == nil }?.port
            requests.insert(request, at: 0)
            primary = 0
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

    /// The booked ports in the order of the `count` declared ones that the plan was made from.
    ///
    /// - Parameter booked: one for each request, nil where there is none.
    package func byEntry(_ booked: [Port?], count: Int) -> [Port?] {
        var ports = [Port?](repeating: nil, count: count)
        for (request, port) in zip(requests, booked) {
            if let entry = request.entry { ports[entry] = port }
        }
        return ports
    }

    private static func primaryName(folder: String, _ declared: [DeclaredPort]) -> ServiceName {
        if let name = ServiceName(String(folder.map { $0 == "/" ? "-" : $0 })) { return name }
        return declared.contains { $0.service == ServiceName.web.description } ? .app : .web
    }

    /// The request for an entry that names a host port or a range to choose from; nil where Docker would choose.
    private static func request(
        for declared: DeclaredPort, _ entry: Int, beside others: [ServiceRequest]
    ) -> ServiceRequest? {
        guard let transport = declared.transport, let range = declared.published.flatMap({ PortRange($0) }),
            let service = ServiceName(declared.service)
        else { return nil }
        var request = ServiceRequest(service, kind: declared.kind)
        request.transport = transport
        request.target = Port(declared.target)
        request.declared = range.first
        request.entry = entry
        request.variable = declared.feedsOnlyHostPort ? declared.variable : nil
        for suffix in [nil, declared.target, Int(range.first.number)] {
            request.service = suffix.map(service.appending) ?? service
            let isTaken = others.contains { $0.service == request.service && $0.transport == transport }
            if !isTaken { return request }
        }
        return nil
    }
}

extension ServiceName {
    /// Valid names.
    fileprivate static var web: ServiceName { ServiceName("web")! }
    fileprivate static var app: ServiceName { ServiceName("app")! }
}
