import PortrunBase
import PortrunRegistry

extension SystemFacts {
    /// This machine, now, as `process` sees it.
    ///
    /// - Parameters:
    ///   - isOwn: true for a program of the checkout that asks.
    ///   - publishes: true for a port that a container of the checkout publishes; asks the engine.
    static func current(
        seenBy process: OwnProcess, _ system: System, isOwn: @escaping (ListeningProcess) -> Bool,
        publishes: @escaping (Port, TransportProtocol) -> Bool
    ) -> SystemFacts {
        let (pid, vantage) = (process.pid, process.vantage)
        let (now, uptime) = (system.now, system.uptime)
        let owners = SocketOwners()
        var facts = SystemFacts(
            network: vantage.networkNamespace, now: now, uptime: uptime,
            isBusy: PortProbe.isBusy,
            isStranger: { port, transport in
                owners.process(on: port, transport).map { !$0.isContainerEngine && !isOwn($0) } ?? false
            },
            ephemeralPorts: EphemeralPorts.current,
            verdict: { $0.verdict(seenFrom: vantage, now: now, uptime: uptime) },
            lineage: { Set([pid] + ProcessTree.ancestors(of: pid)) },
            isGone: GoneCheckouts(environment: system.environment).reason)
        facts.busyPorts = { transport in BoundSocket.all(transport).map { Set($0.map(\.port.number)) } }
        facts.isOwn = { port, transport in owners.process(on: port, transport).map(isOwn) ?? false }
        facts.isOwnContainers = publishes
        facts.isNumberedAlike = { $0.isNumberedAlike(seenFrom: vantage) }
        facts.age = { $0.age(seenFrom: vantage, uptime: uptime) }
        return facts
    }
}
