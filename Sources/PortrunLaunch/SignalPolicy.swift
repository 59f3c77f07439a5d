import PortrunBase

/// The rule for a signal that reaches portrun while the command runs.
///
/// The command shares portrun's process group, so whatever is sent to the group has reached it already: relaying
/// that would deliver it twice, and a second Ctrl-C makes many programs give up their cleanup (npm/cli issue 5021).
/// What is sent to portrun alone has to be relayed. The two are told apart by their sender:
///
/// - The terminal driver always signals a whole foreground group, so its keys and its size change are dropped while
///   the command is in portrun's group. A hangup goes to the session leader alone, so that portrun relays it if it
///   is the leader. Where the system does not name the sender, as on Darwin, portrun takes these signals for the
///   terminal's while its group is in the foreground, and a kill(1) by pid is not relayed then.
/// - The command itself, and processes below it that signal their own group, reach portrun by accident.
/// - Another process is taken to mean portrun. When it signals the whole group (`kill -TERM -PGID`) the command gets
///   the signal twice: nothing tells this from two single signals. `--exec` is exact here, too.
package enum SignalPolicy {
    /// The decision: pass the signal on to the command, or drop it.
    package enum Decision: Sendable, Equatable { case relay, drop }

    /// The facts that a decision needs.
    package struct Facts: Sendable, Equatable {
        /// The command is in the process group of portrun.
        package var childSharesGroup = true
        /// portrun leads its session, as under setsid(1) or in a terminal emulator without a shell.
        package var isSessionLeader = false
        /// The group of portrun is the terminal's foreground group.
        package var isForeground = false
        /// portrun itself sent the signal, or caused it by writing to a closed pipe.
        package var senderIsSelf = false
        /// The command sent it, or a process below it that is in portrun's group as the command is.
        package var senderIsCommand = false
        /// The command was stopped and somebody has continued it, such as a shell that continues the whole job.
        package var childHasContinued = false

        package init() {}
    }

    package static func decision(on signal: Int32, from origin: SignalOrigin, _ facts: Facts) -> Decision {
        if facts.senderIsSelf || facts.senderIsCommand { return .drop }
        if signal == SIGCONT && facts.childHasContinued { return .drop }
        switch origin {
        case .process:
            return .relay
        case .kernel:
            if aboutThisProcess.contains(signal) { return .drop }
            if terminalKeys.contains(signal) { return facts.childSharesGroup ? .drop : .relay }
            if signal == SIGHUP || signal == SIGCONT {
                return facts.childSharesGroup && !facts.isSessionLeader ? .drop : .relay
            }
            return .relay
        case .unknown:
            if aboutThisProcess.contains(signal) { return .drop }
            let isFromTerminal = facts.childSharesGroup && facts.isForeground
            return terminalKeys.contains(signal) && isFromTerminal ? .drop : .relay
        }
    }

    /// Signals by which the kernel tells portrun about itself or its child, or each reader of a terminal about itself.
    private static let aboutThisProcess = [SIGCHLD, SIGPIPE, SIGXCPU, SIGXFSZ, SIGTTIN, SIGTTOU]
}
