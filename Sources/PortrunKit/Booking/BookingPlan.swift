import PortrunBase
import PortrunCompose
import PortrunRegistry

/// The ports that a launch in a context needs booked.
package struct BookingPlan: Sendable, Equatable {
    package internal(set) var requests: [ServiceRequest] = []
    /// The index in `requests` of the command's own service; nil for a compose command, which binds nothing itself.
    package private(set) var primary: Int?
    /// The indices in `requests` of the services that portrun listens for, in the order of their sockets.
    package private(set) var listening: [Int] = []
    /// The index in `requests` of each server's port.
    package private(set) var serverRequests: [Int] = []
    /// For each declared port, the one whose request it is a part of: itself, or the first of its range. -1 where
    /// nothing is requested.
    var leaders: [Int]

    /// The user's wishes on the command line, in addition to what is discovered.
    package struct Wishes: Sendable, Equatable {
        /// The name of the primary service; nil leaves the choice to the context's folder.
        package var service: ServiceName?
        /// The variable that carries the primary's port.
        package var variable = "PORT"
        /// The command's own port is asked for, whatever the command is.
        package var asksForOwnPort = false
        /// Ports demanded by `--port`; a nil name means the primary.
        package var demands: [Demand] = []
        /// Further services, from `--book`.
        package var books: [ServiceName] = []
        /// Services that portrun listens for, from `--listen`; an empty list means the primary, nil none.
        package var listens: [ServiceName]?
        /// `--fixed`
        package var fixed = FixedPortPolicy.remap
        /// Book a port where a project names only the container's and Docker would choose one at each start.
        package var isPublishingBare = true

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
            guard let port = Port(Substring(text.unicodeScalars[separator...].dropFirst())),
                let service = ServiceName(String(text[..<separator]))
            else { return nil }
            self.port = port
            self.service = service
        }
    }

    /// A server that the command starts, as far as its program is known.
    package struct Server: Sendable, Equatable {
        /// nil for the primary.
        package let service: ServiceName?
        /// The port it listens on when nobody tells it another.
        package let port: Port?
        /// The variable that it reads its port from, when that is not the primary's.
        package let variable: String?
        /// The port that the user has typed.
        package let wish: Port?
        package let kind: ServiceKind

        package init(
            service: ServiceName? = nil, port: Port?, variable: String? = nil, wish: Port? = nil,
            kind: ServiceKind = .web
        ) {
            self.kind = kind
            self.service = service
            self.port = port
            self.variable = variable
            self.wish = wish
        }
    }

    /// The plan for the services that `declared` publishes and, when `hasPrimary`, the command itself.
    ///
    /// The primary service is the one named, which may be a declared one that now runs outside its container. Else it
    /// is called after the folder below the worktree root (`apps/web` is `apps-web`), else `web`, or `app` where a
    /// declared service has that name, and `web-server` or `apps-web-server` where one has that too. A service that publishes several ports has its name for the first and
    /// `name-target` for the others. Bare container ports come last, so that no name depends on whether they are
    /// published. A range is one request. A port that a server of the command has by itself is that server's, though a
    /// service publishes it as well.
    /// - Parameters:
    ///   - servers: what the command starts.
    ///   - folder: the command's folder seen from the context's path; empty at its root.
    ///   - environment: the user's, without what an earlier overlay set.
    ///   - wish: what the environment or an env file gives the primary's variable.
    ///   - mainPort: what an env file gives it here and in the main worktree alike.
    package init(
        _ wishes: Wishes, folder: String, declared: [DeclaredPort], hasPrimary: Bool, servers: [Server] = [],
        wish: Port? = nil, mainPort: Port? = nil, environment: Environment
    ) {
        leaders = [Int](repeating: -1, count: declared.count)
        var hasBare = false
        var names = ServicePlaces()
        var twins = TwinPorts()
        for (entry, port) in declared.enumerated() where port.isActive {
            switch port.published {
            // What runs on the host now does not run in its container.
            case .ports(let range, _)
            where range.count == 1 && port.transport == .tcp && port.service != wishes.service?.description
                && (servers.contains { $0.port == range.first }
                    || hasPrimary && (wish ?? mainPort) == range.first && port.variable == wishes.variable):
                continue
            case .ports(let range, _): add(port, entry, range, of: declared, wishes.fixed, &names, &twins)
            case .chosenByDocker: hasBare = true
            // What is no number, or 0, is Docker's choice.
            case .text: break
            }
        }
        if hasBare, wishes.isPublishingBare { addBare(declared, &names) }
        if hasPrimary {
            let name = wishes.service ?? Self.primaryName(folder: folder, declared)
            let index = requests.firstIndex { $0.service == name && $0.transport == .tcp }
            var request = index.map { requests.remove(at: $0) } ?? ServiceRequest(name)
            // Whatever its name says, a command is a server of the project's own unless it is a known program.
            if request.kind == .other { request.kind = .web }
            request.isExclusive = true
            // Outside its container it has what `PORT` says.
            request.fixed = .remap
            request.wish = wish
            if let mainPort { request.declared = mainPort }
            request.isWishSetNow = wish != nil && environment[wishes.variable] != nil
            request.demand = wishes.demands.last { $0.service == nil }?.port
            for server in servers where server.service == nil { add(server, to: &request, environment) }
            requests.insert(request, at: 0)
            primary = 0
        }
        for server in servers {
            guard let name = server.service else {
                serverRequests.append(0)
                continue
            }
            var request = ServiceRequest(name, kind: server.kind)
            if requests.contains(where: { $0.service == name }) { request.service = name.appending("server") }
            request.isExclusive = true
            add(server, to: &request, environment)
            serverRequests.append(requests.count)
            requests.append(request)
        }
        for name in wishes.books + (wishes.listens ?? []) + wishes.demands.compactMap(\.service)
        where !requests.contains(where: { $0.service == name }) {
            requests.append(ServiceRequest(name))
        }
        for index in requests.indices {
            let request = requests[index]
            requests[index].demand = wishes.demands.last { $0.service == request.service }?.port ?? request.demand
            requests[index].mayBeLeftOut =
                request.entry != nil && !request.isExclusive && requests[index].demand == nil
                && !wishes.books.contains(request.service)
            // Of a service that the files publish only a variable that they name is a wish: the app may have one of such
            // a name for another port.
            guard request.entry == nil else { continue }
            requests[index].wish =
                request.wish ?? environment[request.service.portVariable].flatMap { Port($0) }
        }
        if let names = wishes.listens { listen(names) }
    }

    /// Makes the ports that portrun listens on exclusive like the primary's, and binds them outside any container.
    private mutating func listen(_ names: [ServiceName]) {
        for name in names {
            guard let index = requests.firstIndex(where: { $0.service == name && $0.transport == .tcp }),
                !listening.contains(index)
            else { continue }
            requests[index].isExclusive = true
            requests[index].mayBeLeftOut = false
            requests[index].fixed = .remap
            listening.append(index)
        }
        if names.isEmpty, let primary { listening = [primary] }
    }

    /// Has the command be told of its own port, as of a service's: another one may be the server that has it.
    mutating func shareOwnPort() {
        if let primary { requests[primary].isExclusive = false }
    }

    private func add(_ server: Server, to request: inout ServiceRequest, _ environment: Environment) {
        if request.declared == nil { request.declared = server.port }
        if let wish = server.wish { (request.wish, request.isWishSetNow) = (wish, true) }
        guard let variable = server.variable, request.variable == nil else { return }
        request.variable = variable
        request.wish = request.wish ?? environment[variable].flatMap { Port($0) }
    }

    /// Whether a command at the root of a checkout may have booked its own port by that name.
    static func isPrimaryName(_ name: ServiceName) -> Bool {
        name.slot(of: .web) != nil || name.slot(of: .app) != nil || name == ServiceName.web.appending("server")
    }

    private static func primaryName(folder: String, _ declared: [DeclaredPort]) -> ServiceName {
        let ofFolder = ServiceName(String(folder.map { $0 == "/" ? "-" : $0 }))
        for name in ofFolder.map({ [$0] }) ?? [.web, .app] {
            if !declared.contains(where: { $0.service == name.description }) { return name }
        }
        // What runs in a container of that name has a number of its own.
        return (ofFolder ?? .web).appending("server")
    }
}

extension ServiceName {
    /// Valid names.
    fileprivate static var web: ServiceName { ServiceName("web")! }
    fileprivate static var app: ServiceName { ServiceName("app")! }
}
