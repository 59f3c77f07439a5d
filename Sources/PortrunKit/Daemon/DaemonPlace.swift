import PortrunBase
import PortrunRegistry

/// The files of the daemon, beside the registry that it serves.
package struct DaemonPlace: Sendable {
    private let folder: String

    package init(of location: RegistryLocation) { folder = location.state.path }

    /// The unix socket that it listens on.
    package var socket: String { "\(folder)/portrund.sock" }

    /// The file that it locks while it runs.
    package var lock: String { "\(folder)/portrund.lock" }

    /// The process that runs as the daemon, whether it answers or not; 0 for one that has no number here, and nil when none
    /// runs.
    package var holder: Int32? { FileLock.holder(at: lock) }

    /// What it has to say where nobody watches it.
    package var log: String { "\(folder)/portrund.log" }
}
