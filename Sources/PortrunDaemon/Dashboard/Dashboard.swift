import PortrunBase

/// What the dashboard keeps while the daemon runs.
struct Dashboard: Sendable {
    let core: DaemonCore
    let sessions = DashboardSessions()
    let look: DashboardLook
    let feed: DashboardFeed
    let port: DashboardPort

    init(_ core: DaemonCore, _ events: EventWatch, _ doors: OpenDoors) {
        self.core = core
        look = DashboardLook(core)
        feed = DashboardFeed(events)
        port = DashboardPort(host: core.host, doors: doors)
    }
}
