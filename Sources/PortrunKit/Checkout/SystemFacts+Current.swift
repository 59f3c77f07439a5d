import PortrunBase
import PortrunRegistry

extension SystemFacts {
    /// This machine, now, as a process at `vantage` sees it.
    static func current(seenFrom vantage: Vantage, _ system: System) -> SystemFacts {
        var facts = SystemFacts(
            network: vantage.networkNamespace, now: system.now,
            isBusy: PortProbe.isBusy,
            isStranger: { port, transport in
                ListeningProcess.find(on: port, transport).map { !$0.isContainerEngine } ?? false
            },
            ephemeralPorts: EphemeralPorts.current,
            verdict: { $0.verdict(seenFrom: vantage, now: system.now, uptime: Uptime.seconds()) },
            lineage: { Set([getpid()] + ProcessTree.ancestors(of: getpid())) },
            isGone: GoneCheckouts(environment: system.environment).reason)
        facts.isNumberedAlike = { $0.isNumberedAlike(seenFrom: vantage) }
        facts.age = { $0.age(seenFrom: vantage, uptime: Uptime.seconds()) }
        return facts
    }
}
