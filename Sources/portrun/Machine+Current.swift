import PortrunBase
import PortrunRegistry

extension Machine {
    /// This machine, now, as a process at `vantage` sees it.
    static func current(seenFrom vantage: Vantage, _ surroundings: Surroundings) -> Machine {
        var machine = Machine(
            network: vantage.networkNamespace, now: surroundings.now,
            isBusy: PortProbe.isBusy,
            isStranger: { port, transport in
                ListeningProcess.find(on: port, transport).map { !$0.isContainerEngine } ?? false
            },
            ephemeralPorts: EphemeralPorts.current,
            verdict: { $0.verdict(seenFrom: vantage, now: surroundings.now, uptime: Uptime.seconds()) },
            lineage: { Set([getpid()] + ProcessTree.ancestors(of: getpid())) },
            isGone: GoneCheckouts(environment: surroundings.environment).reason)
        machine.isNumberedAlike = { $0.bootID == vantage.bootID && $0.pidNamespace == vantage.pidNamespace }
        machine.age = { $0.age(seenFrom: vantage, uptime: Uptime.seconds()) }
        return machine
    }
}
