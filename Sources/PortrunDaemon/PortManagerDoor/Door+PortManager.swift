import HTTPTypes
import PortrunBase
import PortrunKit

extension Door {
    /// That of PortManager, for its client and whoever else speaks to it. Its leases are the bookings with a time to live,
    /// whoever has made them; those that it makes are in the context `portmanager`.
    package static let portManager = Door(
        name: "portmanager", summary: "the REST API of PortManager",
        addresses: [LoopbackAddress(port: 3030), LoopbackAddress(isIPv6: true, port: 3030)],
        routes: [
            Route(.post, "/alloc") { call in
                let request = try PortManagerRequest(try await call.document())
                return try await call.leases { leases in
                    guard let lease = try leases.allocate(request) else { return Answer(.serviceUnavailable) }
                    return .json(.object(["port": .integer(Int(lease.port.number)), "lease": lease.json]))
                }
            },
            Route(.post, "/release") { call in
                let port = try PortManagerRequest.port(in: try await call.document())
                return try await call.leases { Answer(try $0.release(port) ? .ok : .notFound) }
            },
            Route(.post, "/heartbeat") { call in
                let port = try PortManagerRequest.port(in: try await call.document())
                return try await call.leases { Answer(try $0.renew(port) ? .ok : .notFound) }
            },
            Route(.get, "/list") { call in
                try await call.leases { .json(.array(try $0.all().map(\.json))) }
            },
            Route(.get, "/lookup") { call in
                guard let service = try call.queried("service") else { return Answer(.badRequest) }
                return try await call.leases { .json(try $0.lookUp(service)) }
            },
            Route(.get, "/{...}") { _ in PortManagerPage.answer },
        ],
        refusal: { problem in
            var answer = Answer.text(problem.detail + "\n", "text/plain; charset=utf-8", problem.status)
            for field in problem.headers { answer.headers[field.name] = field.value }
            return answer
        })
}

extension DoorCall {
    fileprivate func leases(_ body: @Sendable (PortManagerLeases) throws -> Answer) async throws -> Answer {
        try await core.desk.use { try body(PortManagerLeases(host: core.host, registry: $0)) }
    }
}
