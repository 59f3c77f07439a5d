import PortrunBase
import PortrunRegistry

/// The protocol of python_portpicker's portserver, on the registry: whoever names a process gets a port for it.
///
/// The port is booked for TCP and UDP until the process ends, so that no checkout is given it meanwhile; `releaseEnded`
/// gives it back then. Not for several threads at once.
package final class Portserver {
    private let registry: Registry
    private let pool: PickingPool
    /// The system as it is now.
    private let checkout: () throws -> Checkout
    /// Whose requests are answered.
    private let uid: UInt32
    private var next: Port
    /// Those that have been given ports, and had not ended when that was looked at.
    private var holders: [Holder] = []

    /// What has been asked and answered so far.
    package private(set) var statistics: Statistics

    /// - Parameters:
    ///   - pool: the ports that it may give.
    ///   - uid: of the user whose requests are answered.
    ///   - checkout: any folder, now.
    package init(
        _ pool: PickingPool, in registry: Registry, for uid: UInt32, from checkout: @escaping () throws -> Checkout
    ) {
        self.pool = pool
        self.registry = registry
        self.uid = uid
        self.checkout = checkout
        next = pool.ranges[0].first
        statistics = Statistics(portsManaged: pool.count)
    }

    /// The answer to a request: a port and a line break, or nothing, which denies it.
    ///
    /// - Parameters:
    ///   - request: what came.
    ///   - sender: the user that has sent it; nil when the system does not tell.
    package func answer(to request: [UInt8], from sender: UInt32?) throws -> [UInt8] {
        guard let request = PortserverRequest(request) else {
            statistics.requestErrors += 1
            return []
        }
        guard sender == uid, let port = try port(for: request.pid) else {
            statistics.denied += 1
            return []
        }
        statistics.given += 1
        return Array("\(port)\n".utf8)
    }

    /// A client that cannot be answered now is denied a port.
    package func noteFailure() { statistics.denied += 1 }

    private func port(for pid: Int32) throws -> Port? {
        // Process 1 means a client whose parent has ended.
        guard pid > 1, case .present = ProcessSighting.of(pid) else { return nil }
        let checkout = try checkout()
        let holder = Holder.of(pid: pid, seenBy: checkout.process)
        let command = RunningProcess.of(pid)?.command ?? ""
        let picked = try registry.write(on: checkout.facts()) { transaction in
            try transaction.pick(from: pool, startingAt: next, for: holder, command: command)
        }
        statistics.lastChecked = picked.checked
        if let port = picked.port {
            next = Port(Int(port.number) + 1) ?? pool.ranges[0].first
            if !holders.contains(holder) { holders.append(holder) }
        }
        return picked.port
    }

    /// Whether there are processes that have been given ports and may have ended since.
    package var isHolding: Bool { !holders.isEmpty }

    /// Gives back what processes have had that have ended by now. Nobody is waited for: where somebody else is writing, it is
    /// left to the next time.
    package func releaseEnded() throws {
        guard isHolding else { return }
        let facts = try checkout().facts()
        let left = holders.filter { facts.verdict($0) != .dead }
        guard left.count < holders.count else { return }
        try registry.withoutWaiting {
            try registry.write(on: facts) { _ = try $0.reapDeadLeases(.all) }
        }
        holders = left
    }

    /// Counts, under the names that portserver.py gives them.
    package struct Statistics: Sendable, Equatable {
        var requestErrors = 0
        var denied = 0
        let portsManaged: Int
        /// How many ports were looked at for the last request.
        var lastChecked = 0
        var given = 0

        init(portsManaged: Int) { self.portsManaged = portsManaged }

        /// One line for each, the number of given ports last.
        package var lines: [String] {
            [
                "client-request-errors \(requestErrors)", "denied-allocations \(denied)",
                "num-ports-managed \(portsManaged)", "num-ports-checked-for-last-request \(lastChecked)",
                "total-allocations \(given)",
            ]
        }
    }
}
