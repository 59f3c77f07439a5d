import HTTPTypes
import PortrunBase
import PortrunKit

/// What PortManager's door answers. Its leases are the bookings with a time to live, whoever has made them; those that it
/// makes are in the context `portmanager`.
struct PortManagerDoor: Sendable {
    let core: DaemonCore

    var routes: RouteTable {
        RouteTable(
            [
                Route(.post, "/alloc") { call in
                    let request = try PortManagerRequest(try await call.document())
                    return try await leases { leases in
                        guard let lease = try leases.allocate(request) else { return Answer(.serviceUnavailable) }
                        return .json(.object(["port": .integer(Int(lease.port.number)), "lease": lease.json]))
                    }
                },
                Route(.post, "/release") { call in
                    let port = try PortManagerRequest.port(in: try await call.document())
                    return try await leases { Answer(try $0.release(port) ? .ok : .notFound) }
                },
                Route(.post, "/heartbeat") { call in
                    let port = try PortManagerRequest.port(in: try await call.document())
                    return try await leases { Answer(try $0.renew(port) ? .ok : .notFound) }
                },
                Route(.get, "/list") { call in
                    try await leases(at: core.window) { .json(.array(try $0.all().map(\.json))) }
                },
                Route(.get, "/lookup") { call in
                    guard let service = try call.queried("service") else { return Answer(.badRequest) }
                    return try await leases(at: core.window) { .json(try $0.lookUp(service)) }
                },
                Route(.get, "/{...}") { _ in PortManagerPage.answer },
            ],
            refusal: { .text($0.detail + "\n", "text/plain; charset=utf-8", $0.status) },
            unread: { ("text/plain; charset=utf-8", $0.detail + "\n") })
    }

    /// - Parameter desk: the writers' one where nothing is said.
    private func leases(
        at desk: RegistryDesk? = nil, _ body: @Sendable (PortManagerLeases) throws -> Answer
    ) async throws -> Answer {
        try await (desk ?? core.desk).use { try body(PortManagerLeases(host: core.host, registry: $0)) }
    }
}
