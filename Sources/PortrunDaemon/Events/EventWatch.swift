import PortrunBase
import PortrunKit
import PortrunRegistry

/// Tells who wants to know of all that happens to bookings, whoever does it: another process that writes to the registry,
/// a holder that dies, a time that is over, a program that begins to listen.
///
/// It has a thread and a connection of its own. While nobody wants to be told, the thread waits, and looks at nothing.
package final class EventWatch: @unchecked Sendable {
    private let host: DaemonHost
    private let subscribers = EventSubscribers()
    /// Is to advance when something has happened.
    private let tick: Tick
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    /// Made for the first one who asks; read and changed under `mutex`.
    private var watch: ChangeWatch?

    package init(_ core: DaemonCore) {
        host = core.host
        tick = core.tick
        mutex = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
    }

    /// The frames of an event stream, from now on: what happens after the first one, a comment, is told.
    ///
    /// - Throws: `FileError` where the system has no watches left.
    package func frames() throws(FileError) -> AsyncStream<String> {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        let watch: ChangeWatch
        if let known = self.watch {
            watch = known
        } else {
            watch = try ChangeWatch(of: host.location.file)
            self.watch = watch
            SystemThread.start { [self] in
                var round = EventRound(host, watch, subscribers, tick)
                while true { round.next() }
            }
        }
        let stream = subscribers.add()
        watch.wake()
        return stream
    }
}
