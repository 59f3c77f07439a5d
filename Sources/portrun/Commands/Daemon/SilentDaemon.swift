import PortrunBase
import PortrunKit

/// A daemon that runs, as its lock tells, and does not answer: it is suspended, or its socket was taken away.
struct SilentDaemon: Equatable {
    /// 0 for one that has no number here, as in another pid namespace.
    let pid: Int32
    private let lock: String

    /// nil when none runs.
    init?(at place: DaemonPlace) {
        guard let pid = place.holder else { return nil }
        self.pid = pid
        lock = place.lock
    }

    var name: String { pid > 0 ? "the daemon with the pid \(pid)" : "a daemon of another container" }
    var text: String { "\(name) has `\(lock)` and does not answer" }
    var hint: String { "`portrun daemon stop` \(pid > 0 ? "" : "where it was started ")ends it" }
}
