import PortrunBase
import PortrunKit

/// What the doors of a daemon answer.
struct DaemonDoors: Sendable {
    let open: OpenDoors
    private let core: DaemonCore
    private let events: EventWatch
    private let dashboard: Dashboard

    init(_ core: DaemonCore, _ open: OpenDoors) {
        self.core = core
        self.open = open
        events = EventWatch(core)
        dashboard = Dashboard(core, events, open)
    }

    func routes(of door: Door) -> RouteTable {
        switch door {
        case .api: APIDoor(core: core, events: events, doors: open, dashboard: dashboard).routes
        case .dashboard: dashboard.routes
        case .portRegistry: PortRegistryDoor(core: core).routes
        case .portManager: PortManagerDoor(core: core).routes
        }
    }
}
