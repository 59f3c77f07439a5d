import PortrunBase
import PortrunKit

extension Door {
    /// The daemon's own API.
    package static let api = Door(
        name: "api", summary: "the REST API, /api/v1", addresses: [LoopbackAddress(port: 7333)],
        routes: [
            Route(.get, "/healthz") { _ in .json(.object(["status": .string("ok")])) },
            Route(.get, APIDocument.base + "/openapi.json") { call in
                .json(APIDocument.json(version: call.core.host.version))
            },
            .events,
        ] + Operation.all.map(\.route))
}

extension Operation {
    /// The whole API.
    static let all = bookings + leases + services + machine + [openDashboard]
}
