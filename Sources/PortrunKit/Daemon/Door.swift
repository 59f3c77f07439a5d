import PortrunBase

/// A way into the daemon: a set of HTTP routes that can be opened on addresses of this machine.
///
/// A new door is a case here, and a type in a folder of its own with the routes, which `DaemonDoors` makes. A route gets a
/// `DoorCall` and gives an `Answer`; what it throws as a `Problem`, or as an error of the library, is told in the door's own
/// form.
package enum Door: String, Sendable, CaseIterable {
    /// The daemon's own, which its unix socket always has.
    case api
    /// For a browser that has signed in.
    case dashboard
    /// That of port-registry, for its `portctl` and whoever else speaks to it.
    case portRegistry = "port-registry"
    /// That of PortManager, for its client and whoever else speaks to it.
    case portManager = "portmanager"

    /// What `--door` calls it.
    package var name: String { rawValue }

    /// One line for `--help`.
    package var summary: String {
        switch self {
        case .api: "the REST API, /api/v1"
        case .dashboard: "the dashboard, for browsers"
        case .portRegistry: "the REST API of port-registry"
        case .portManager: "the REST API of PortManager"
        }
    }

    /// Where it is open when `--door` names no address.
    package var addresses: [LoopbackAddress] {
        switch self {
        case .api: Self.both(7333)
        // The port is in no kind's range, and below those that a kernel hands out by itself.
        case .dashboard: Self.both(7334)
        case .portRegistry: Self.both(51234)
        case .portManager: Self.both(3030)
        }
    }

    /// Who asks `localhost` tries `::1` first, where else another user could wait.
    private static func both(_ port: UInt16) -> [LoopbackAddress] {
        [LoopbackAddress(port: port), LoopbackAddress(isIPv6: true, port: port)]
    }

    /// What its port is booked as for the machine while it is open; nil for a door whose port stays as it is.
    package var bookedAs: ServiceName? {
        switch self {
        case .dashboard: ServiceName("portrun-dashboard")
        case .api, .portRegistry, .portManager: nil
        }
    }
}
