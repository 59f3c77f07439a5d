import TestSupport

@testable import PortrunBase
@testable import PortrunRegistry

/// A machine whose answers a test chooses; by default nothing listens, everybody lives and nothing is gone.
struct TestFacts {
    var network = "host"
    var now: Int64 = 1_800_000_000
    var uptime: Int64 = 5000
    var bootID = "boot"
    var busy: Set<Port> = []
    /// What is taken for UDP alone.
    var busyUDP: Set<Port> = []
    /// What the system says in the place of an answer.
    var failure: PortProbeError?
    /// Whether the system tells all ports that something waits on at once.
    var isListing = false
    let probes = ProbeCount()
    /// Those of `busy` whose listener is known not to be Docker's.
    var strangers: Set<Port> = []
    /// Those of `busy` on which a program of the checkout listens.
    var own: Set<Port> = []
    var ephemeral = PortRange(32768, 60999)
    var dead: Set<Int32> = []
    var unknown: Set<Int32> = []
    var hidden: Set<Int32> = []
    /// For how many seconds at the most those processes have run whose start can be told.
    var ages: [Int32: Int64] = [:]
    /// The pids of the one who asks and of those who started it.
    var lineage: Set<Int32> = []
    /// Whether pids mean the same here as in every lease.
    var isNumberedAlike = true
    /// By the end of the context's path.
    var gone: [String: GoneReason] = [:]
    var containers: [Container] = []

    var facts: SystemFacts {
        var facts = SystemFacts(
            network: network, now: now, uptime: uptime,
            isBusy: { port, transport throws(PortProbeError) in
                probes.count += 1
                if let failure { throw failure }
                return busy.contains(port) || (transport == .udp && busyUDP.contains(port))
            },
            isStranger: { port, _ in strangers.contains(port) },
            // The range above is valid.
            ephemeralPorts: { ephemeral! },
            verdict: { holder in
                if holder.endsAt != nil { return holder.verdict(seenFrom: vantage, now: now, uptime: uptime) }
                if dead.contains(holder.pid) { return .dead }
                return unknown.contains(holder.pid) ? .unknown : hidden.contains(holder.pid) ? .hidden : .alive
            },
            lineage: { lineage }, isGone: { place in gone.first { place.path.hasSuffix($0.key) }?.value })
        facts.containers = containers
        facts.isOwn = { port, _ in own.contains(port) }
        if isListing {
            facts.busyPorts = { transport in
                Set((transport == .udp ? busy.union(busyUDP) : busy).map(\.number))
            }
        }
        facts.isNumberedAlike = { _ in isNumberedAlike }
        facts.age = { ages[$0.pid] }
        return facts
    }

    var vantage: Vantage {
        Vantage(bootID: bootID, host: "host", pidNamespace: "pids", networkNamespace: network)
    }
}

/// How often a machine was asked whether a port is taken.
final class ProbeCount {
    var count = 0
}
