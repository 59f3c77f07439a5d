import PortrunBase
import PortrunKit
import PortrunRegistry

/// The one place where the daemon uses the registry, one thing after the other, on a thread of its own: another writer
/// may keep SQLite waiting for 10 seconds, and nobody else waits with it.
package actor RegistryDesk {
    private let host: DaemonHost
    private let thread = SerialThread()
    private var opened: Registry?

    package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    package init(_ host: DaemonHost) { self.host = host }

    /// Opens the registry, or makes it, so that the first one who asks does not wait for it.
    package func open() throws { try use { _ in } }

    /// Runs `body` with the registry. It may not wait for anything but the registry.
    package func use<Result: Sendable>(_ body: @Sendable (Registry) throws -> Result) throws -> Result {
        let registry =
            try opened ?? Registry(at: host.location, now: host.system().now) { [host] in host.tell($0.text) }
        opened = registry
        return try body(registry)
    }
}
