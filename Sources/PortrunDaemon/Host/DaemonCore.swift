import PortrunBase
import PortrunKit
import PortrunRegistry

/// What the doors of a daemon have in common: the registry, the containers, and what is known of the process.
package struct DaemonCore: Sendable {
    package let host: DaemonHost
    package let desk: RegistryDesk
    /// A second one, for whoever only looks: at the first, somebody may wait for another writer. It is opened when it is
    /// needed.
    package let window: RegistryDesk
    let health: RegistryHealth
    package let containers: ContainerLook
    /// Advances when something has happened that the registry does not hold.
    let tick: Tick

    package init(_ host: DaemonHost) {
        self.host = host
        tick = Tick()
        desk = RegistryDesk(host, tick)
        window = RegistryDesk(host, tick)
        health = RegistryHealth(host, window)
        containers = ContainerLook(host)
    }
}
