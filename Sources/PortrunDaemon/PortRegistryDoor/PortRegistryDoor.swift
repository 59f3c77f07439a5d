import HTTPTypes
import PortrunBase
import PortrunKit

/// What port-registry's door answers. Its rows are the TCP bookings of every context; see `Allocation`.
struct PortRegistryDoor: Sendable {
    let core: DaemonCore

    var routes: RouteTable {
        RouteTable(
            [
                Route(.get, "/healthz") { _ in await health() },
                Route(.get, "/v1/allocations") { call in
                    let filter = try AllocationFilter(query: call)
                    return try await allocations(at: core.window) { .json(.array(try $0.list(filter).map(\.json))) }
                },
                Route(.post, "/v1/allocations") { call in
                    try await refusable {
                        let request = try AllocationRequest(try await call.document())
                        return try await allocations { .json(try $0.allocate(request).json, .created) }
                    }
                },
                Route(.delete, "/v1/allocations") { call in
                    try await refusable {
                        let filter = try AllocationFilter(body: try await call.document())
                        let containers = await core.containers.current()
                        return try await allocations { table in
                            .json(.object(["deleted": .integer(try table.release(filter, beside: containers))]))
                        }
                    }
                },
                Route(.delete, "/v1/allocations/{id}") { call in
                    guard let id = call.parameter("id").flatMap({ Int64($0) }) else {
                        return AllocationRefusal.id.answer
                    }
                    let containers = await core.containers.current()
                    return try await allocations { table in
                        try table.release(id, beside: containers)
                        return .json(.object(["status": .string("deleted")]))
                    }
                },
                Route(.get, "/v1/ports/{port}") { call in
                    guard let number = call.parameter("port").flatMap({ Int($0) }) else {
                        return AllocationRefusal.portText.answer
                    }
                    guard let port = Port(number) else { return AllocationRefusal.portNumber.answer }
                    return try await allocations(at: core.window) { .json(try $0.standing(of: port)) }
                },
            ], refusal: AllocationRefusal.answer(to:),
            unread: { ("application/json", JSONValue.object(["error": .string($0.detail)]).line + "\n") })
    }

    /// Whether the registry can be read.
    private func health() async -> Answer {
        guard let error = await core.health.problem() else { return .json(.object(["status": .string("ok")])) }
        let detail = Problem(of: error).detail
        return .json(.object(["status": .string("error"), "detail": .string(detail)]), .serviceUnavailable)
    }

    /// Does something with the rows; a refusal is an answer, too.
    ///
    /// - Parameter desk: the writers' one where nothing is said.
    private func allocations(
        at desk: RegistryDesk? = nil, _ body: @Sendable (AllocationTable) throws -> Answer
    ) async throws -> Answer {
        try await (desk ?? core.desk).use { registry in
            do {
                return try body(AllocationTable(host: core.host, registry: registry))
            } catch let refusal as AllocationRefusal {
                return refusal.answer
            }
        }
    }

    /// Likewise, of what can be refused before the registry is asked.
    private func refusable(_ body: () async throws -> Answer) async throws -> Answer {
        do {
            return try await body()
        } catch let refusal as AllocationRefusal {
            return refusal.answer
        }
    }
}
