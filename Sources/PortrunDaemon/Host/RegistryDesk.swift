import PortrunBase
import PortrunKit
import PortrunRegistry

/// A place where the daemon uses the registry, one thing after the other, on a thread of its own: another writer
/// may keep SQLite waiting for 10 seconds, and nobody else waits with it.
package actor RegistryDesk {
    private let host: DaemonHost
    private let thread = SerialThread()
    private var opened: Registry?
    private let tick: Tick
    private var list: ListDocument?

    /// The list of all bookings, as it was written last.
    private struct ListDocument {
        let line: [UInt8]
        let state: RegistryState
        let tick: Int
        /// In milliseconds of the monotonic clock.
        let madeAt: Int64
    }

    /// What the kernel knows, and not the registry (who lives, who listens), may be so old, in milliseconds.
    private static let freshness: Int64 = 50

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    /// - Parameter tick: advances when something has happened that the registry does not hold.
    package init(_ host: DaemonHost, _ tick: Tick) {
        self.host = host
        self.tick = tick
    }

    /// Opens the registry, or makes it, so that the first one who asks does not wait for it.
    package func open() throws { try use { _ in } }

    /// Runs `body` with the registry. It may not wait for anything but the registry.
    package func use<Result: Sendable>(_ body: @Sendable (Registry) throws -> Result) throws -> Result {
        let registry =
            try opened ?? Registry(at: host.location, now: host.system().now) { [host] in host.tell($0.text) }
        opened = registry
        return try body(registry)
    }

    /// The list of all bookings as it was written a moment ago; nil where it is too old, or something has happened since.
    package func recentList() -> [UInt8]? {
        guard let list, MonotonicClock.milliseconds() - list.madeAt < Self.freshness, tick.now == list.tick,
            opened?.state() == list.state
        else { return nil }
        return list.line
    }

    /// The list of all bookings, on one line.
    package func list(beside containers: [Container]) throws -> [UInt8] {
        // First of all: what happens meanwhile makes it old.
        let (now, tick) = (MonotonicClock.milliseconds(), tick.now)
        let (line, state) = try use { registry in
            let state = registry.state()
            let statuses = try host.machine().look(in: registry, beside: containers) { reader, _ in
                try reader.status()
            }
            return (JSONValue.array(statuses.map(\.json)).lineBytes, state)
        }
        list = state.map { ListDocument(line: line, state: $0, tick: tick, madeAt: now) }
        return line
    }
}
