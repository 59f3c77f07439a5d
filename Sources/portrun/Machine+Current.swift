import PortrunCore
import PortrunRegistry

extension Machine {
    /// This machine, now, as a process at `vantage` sees it.
    static func current(seenFrom vantage: Vantage, _ surroundings: Surroundings) -> Machine {
        Machine(
            network: vantage.networkNamespace, now: surroundings.now,
            isBusy: PortProbe.isBusy,
            isStranger: { port, transport in
                ListeningProcess.find(on: port, transport).map { !$0.isContainerEngine } ?? false
            },
            ephemeralPorts: EphemeralPorts.current,
            verdict: { $0.verdict(seenFrom: vantage, now: surroundings.now, uptime: Uptime.seconds()) },
            lineage: { Set([getpid()] + ProcessTree.ancestors(of: getpid())) },
            isGone: { record in
                guard FileSystem.kind(of: record.path) != nil else { return .path }
                guard let repository = record.repository, let branch = record.branch else { return nil }
                switch GitBranchState(of: branch, in: repository, environment: surroundings.environment) {
                case .gone: return .branch
                case .exists, .unknown: return nil
                }
            })
    }
}
