import PortrunBase
import PortrunKit
import PortrunRegistry

/// Finds out what the page shows, on a thread of its own: whose a listener is may take its time to tell. What has been found
/// out is kept while the sockets are the same.
actor DashboardLook {
    private let core: DaemonCore
    private let thread = SerialThread()
    private var listeners = ListenerLook()
    /// The ports of one checkout alone are looked at apart, so that the others' are not forgotten.
    private var listenersOfOne = ListenerLook()

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(_ core: DaemonCore) { self.core = core }

    /// The rows of every checkout, or of one, ordered by label and port.
    ///
    /// - Parameter hash: of the one context.
    func rows(of hash: String? = nil) async throws -> [DashboardRow] {
        let containers = await core.containers.current()
        var filter = BookingFilter()
        filter.contextName = hash
        let host = core.host
        let (statuses, leases) = try await core.window.use { [filter] registry in
            try host.machine().look(in: registry, beside: containers) { reader, _ in
                (try reader.status(matching: filter), try reader.allLeases())
            }
        }
        var since: [Int64: Int64] = [:]
        for lease in leases where lease.holder.endsAt == nil {
            for id in lease.bookings where since[id] == nil { since[id] = lease.createdAt }
        }
        return hash == nil ? rows(statuses, since, &listeners) : rows(statuses, since, &listenersOfOne)
    }

    private func rows(
        _ statuses: [BookingStatus], _ since: [Int64: Int64], _ listeners: inout ListenerLook
    ) -> [DashboardRow] {
        _ = listeners.look(at: statuses)
        let now = core.host.system().now
        return statuses.map { status in
            DashboardRow(
                status: status, presence: listeners.presence(at: status), heldSince: since[status.booking.id], now: now)
        }
    }
}
