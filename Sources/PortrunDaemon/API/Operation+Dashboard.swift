import HTTPTypes
import PortrunBase
import PortrunKit

extension Operation {
    /// What `portrun dashboard` asks for.
    static let openDashboard = Operation(
        method: .post, path: "/dashboard", id: "openDashboard",
        summary: """
            Opens the dashboard's door, unless it is open, and gives an address that signs one browser in, once, within a \
            minute.
            """,
        body: [], output: Shape.object([("url", Shape.text), ("expires", Shape.text)]),
        run: { call, registry in
            let address = try call.dashboard.port.open(in: registry)
            let host = address.isIPv6 ? "[::1]" : "localhost"
            let token = call.dashboard.sessions.issue()
            let end = call.core.host.system().now + DashboardSessions.tokenLife / 1000
            return .object([
                "url": .string("http://\(host):\(address.port)/?token=\(token.text)"),
                "expires": .string(Timestamp(end).text),
            ])
        })
}
