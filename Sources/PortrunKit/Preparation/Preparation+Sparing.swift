import PortrunBase
import PortrunLaunch
import PortrunRegistry

/// Processes of other checkouts, which a translated command is not to end: `pkill -f vite`, `killall node`, a script that ends
/// whatever listens on a number.
extension Preparation {
    /// True where the command ends nothing of other checkouts.
    package var sparesOthers: Bool { booked.translation?.leavesUndeclared == true }

    /// The first of the processes that are another checkout's, as `Checkout.folder(besideThisOneOf:)` knows it; nil for none.
    ///
    /// - Parameters:
    ///   - target: a process; a group, where it is negative.
    ///   - caller: the one that would end it; nothing is spared from one with `PORTRUN=0` in its environment, nor from a
    ///     command of another checkout that is started below.
    package func spared(in target: Int32, from caller: Int32, _ registry: Registry) -> Int32? {
        guard sparesOthers else { return nil }
        let variables = RunningProcess.variables(of: caller) ?? []
        if variables.contains(where: { $0.elementsEqual("PORTRUN=0".utf8) }) { return nil }
        let name = "\(Overlay.contextVariable)="
        let context = variables.first { $0.starts(with: name.utf8) }
        if let context, !context.elementsEqual((name + booked.context.hash).utf8) { return nil }
        // Whoever has started this launch may be told of its end.
        let parents = parents
        return (target < 0 ? ProcessTree.members(ofGroup: -target) : [target]).first {
            !parents.contains($0) && owner(of: ListeningProcess.process($0), besides: parents, registry) != nil
        }
    }

    /// The launcher and the processes above it.
    private var parents: [Int32] {
        let own = plan.checkout.process.pid
        return [own] + ProcessTree.ancestors(of: own)
    }

    func noticeOfSpared(_ pid: Int32, _ registry: Registry) -> Warning? {
        let process = ListeningProcess.process(pid)
        guard let owner = owner(of: process, besides: parents, registry) else { return nil }
        return Warning(
            "`\(TerminalText.onOneLine(process.name))` (pid \(pid)) is \(owner), and is not ended from here; "
                + "`env PORTRUN=0 kill \(pid)` ends it")
    }

    /// Whose a process is that is not to be ended; nil for any other. The host does not tell whose a container's is.
    private func owner(of process: ListeningProcess, besides parents: [Int32], _ registry: Registry) -> String? {
        if let folder = plan.checkout.folder(besideThisOneOf: process, in: registry) {
            return folder == plan.checkout.folderOfMain()
                ? Move.ofMain(plan.checkout.firstClone) : "of `\(TerminalText.onOneLine(folder))`"
        }
        // portrun itself may run in one.
        let line = ([process.pid] + ProcessTree.ancestors(of: process.pid)).filter { !parents.contains($0) }
        let isContainers = line.contains { ListeningProcess.process($0).isContainerEngine }
        return isContainers && !plan.checkout.isOwn(process) ? "a container's" : nil
    }
}
