import PortrunBase
import PortrunLaunch
import PortrunRegistry

/// Processes of other checkouts, which a translated command is not to end: `pkill -f vite`, `killall node`, a script that ends
/// whatever listens on a number.
extension Preparation {
    /// True for a process that is another checkout's, as `Checkout.folder(besideThisOneOf:)` knows it.
    ///
    /// - Parameter caller: the one that would end it; nothing is spared from one with `PORTRUN=0` in its environment, nor from
    ///   a command of another checkout that is started below.
    package func spares(_ pid: Int32, from caller: Int32, in registry: Registry) -> Bool {
        let own = plan.checkout.process.pid
        // Whoever has started this launch may be told of its end.
        guard booked.translation?.leavesUndeclared == true, !([own] + ProcessTree.ancestors(of: own)).contains(pid)
        else { return false }
        let variables = RunningProcess.variables(of: caller) ?? []
        if variables.contains(where: { $0.elementsEqual("PORTRUN=0".utf8) }) { return false }
        let name = "\(Overlay.contextVariable)="
        let context = variables.first { $0.starts(with: name.utf8) }
        if let context, !context.elementsEqual((name + booked.context.hash).utf8) { return false }
        return plan.checkout.folder(besideThisOneOf: ListeningProcess.process(pid), in: registry) != nil
    }

    func noticeOfSpared(_ pid: Int32, _ registry: Registry) -> Warning? {
        let process = ListeningProcess.process(pid)
        guard let folder = plan.checkout.folder(besideThisOneOf: process, in: registry) else { return nil }
        let owner =
            folder == plan.checkout.folderOfMain()
            ? Move.ofMain(plan.checkout.firstClone) : "of `\(TerminalText.onOneLine(folder))`"
        return Warning(
            "`\(TerminalText.onOneLine(process.name))` (pid \(pid)) is \(owner), and is not ended from here; "
                + "`env PORTRUN=0 kill \(pid)` ends it")
    }
}
