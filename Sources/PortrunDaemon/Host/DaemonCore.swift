import PortrunBase
import PortrunKit
import PortrunRegistry

/// What the doors of a daemon have in common: the registry, the containers, and what is known of the process.
package struct DaemonCore: Sendable {
    package let host: DaemonHost
    package let desk: RegistryDesk
    package let containers: ContainerLook
    package let events: EventWatch
    /// The doors that are open, with the places where they are.
    package let doors: OpenDoors
    let dashboard: Dashboard

    /// A door and where it is open.
    package struct Opening: Sendable {
        package let door: Door
        package let place: ServerSocket.Place
    }

    package init(_ host: DaemonHost, openings: [Opening] = []) {
        self.host = host
        doors = OpenDoors(openings)
        let tick = Tick()
        desk = RegistryDesk(host, tick)
        containers = ContainerLook(host)
        events = EventWatch(host, tick)
        dashboard = Dashboard(host, events)
    }
}
