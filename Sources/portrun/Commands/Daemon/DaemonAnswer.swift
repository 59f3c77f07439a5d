import PortrunBase
import PortrunKit

/// What a daemon says of itself when it is asked.
enum DaemonAnswer {
    /// What the one says that runs; nil where none does.
    ///
    /// - Parameter patience: for one that has the lock.
    /// - Throws: `DaemonCommandError` where it says nothing in time.
    static func of(
        _ place: DaemonPlace, _ client: DaemonClient, within patience: Duration
    ) throws(DaemonCommandError) -> RunningDaemon? {
        // A service manager starts one for whoever connects, which takes its time.
        if place.holder == nil, let running = client.daemon() { return running }
        return try ofHolder(of: place, client, within: patience)
    }

    /// Likewise, of the one that has the lock: it is about to answer, or never will.
    static func ofHolder(
        of place: DaemonPlace, _ client: DaemonClient, within patience: Duration
    ) throws(DaemonCommandError) -> RunningDaemon? {
        let deadline = Deadline(after: patience)
        while let silent = SilentDaemon(at: place) {
            if let running = client.daemon(within: .seconds(1)) { return running }
            guard deadline.milliseconds > 0 else { throw .unanswering(silent) }
            poll(nil, 0, 5)
        }
        return nil
    }
}
