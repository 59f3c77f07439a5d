import PortrunBase

/// What the dashboard keeps while the daemon runs.
struct Dashboard: Sendable {
    let sessions = DashboardSessions()
    let look: DashboardLook
    let feed: DashboardFeed

    init(_ host: DaemonHost, _ events: EventWatch) {
        look = DashboardLook(host)
        feed = DashboardFeed(events)
    }
}
