import PortrunBase
import PortrunKit

/// The containers that run, asked of the engines on a thread of its own, and at most once a second: an engine may take
/// some tenths of a second to answer.
package actor ContainerLook {
    private let host: DaemonHost
    private let thread = SerialThread()
    private var last: (containers: [Container], milliseconds: Int64)?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    package init(_ host: DaemonHost) { self.host = host }

    /// Those that ran at most a second ago.
    package func current() -> [Container] {
        let now = MonotonicClock.milliseconds()
        if let last, now - last.milliseconds < 1000 { return last.containers }
        let containers = host.machine().runningContainers()
        last = (containers, MonotonicClock.milliseconds())
        return containers
    }
}
