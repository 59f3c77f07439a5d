import PortrunBase
import PortrunKit

/// What the daemon's own API answers.
struct APIDoor: Sendable {
    let core: DaemonCore
    let events: EventWatch
    let doors: OpenDoors
    let dashboard: Dashboard

    var routes: RouteTable {
        RouteTable(
            [
                Route(.get, "/healthz") { _ in
                    if let problem = await core.health.recentProblem() { throw problem }
                    return .json(.object(["status": .string("ok")]))
                },
                Route(.get, APIDocument.base + "/openapi.json") { _ in
                    .json(APIDocument.json(version: core.host.version))
                },
                Route(.get, APIDocument.eventPath) { _ in
                    if let problem = await core.health.recentProblem() { throw problem }
                    return try await .events(events.frames)
                },
            ] + Operation.all.map(route))
    }

    private func route(of operation: Operation) -> Route {
        Route(operation.method, APIDocument.base + operation.path) { call in
            let arguments = try await OperationArguments(operation, call)
            if operation.id == Operation.list, arguments.isEmpty {
                if let line = await core.window.recentList() { return .json(line: line) }
                return .json(line: try await core.window.list(beside: core.containers.current()))
            }
            let containers = operation.usesContainers ? await core.containers.current() : []
            let call = OperationCall(
                arguments: arguments, containers: containers, core: core, doors: doors, dashboard: dashboard)
            // It answers also where the registry cannot be used.
            if operation.id == Operation.daemon { return .json(call.daemon) }
            let desk = operation.method == .get ? core.window : core.desk
            return try await desk.use { .json(try operation.run(call, $0)) }
        }
    }
}
