import PortrunBase

/// Stops portrun along with its child, so that a shell sees one job.
///
/// portrun neither makes process groups nor takes the terminal. It only hands its own place in the foreground to a
/// child that has made a group of its own, such as an interactive shell, and never to any other group: what was in the
/// foreground before a stop may by now be the outer shell.
///
/// If only the child is continued, by its pid, after it was stopped, portrun stays stopped until it is continued too.
struct JobControl {
    let child: Int32
    let signals: SignalState

    /// Follows the child, which `signal` has stopped, and returns when this process is continued.
    ///
    /// Whether the child then goes on is decided by the SIGCONT that is pending here, unless it has its own group:
    /// a shell that continues portrun does not know that group.
    func stop(by signal: Int32) {
        let group = getpgid(child)
        let isApart = group > 0 && group != getpgrp()
        if isApart && (signal == SIGTTIN || signal == SIGTTOU) && giveTerminal(to: group) {
            kill(-group, SIGCONT)
            return
        }
        stopSelf(by: signal)
        if isApart {
            _ = giveTerminal(to: group)
            kill(-group, SIGCONT)
        }
    }

    /// Stops this process with the child's signal, which a waiting shell may report; by SIGSTOP if it came ignored.
    ///
    /// Has no effect in an orphaned process group, where nobody could continue it: setpgid(2).
    private func stopSelf(by signal: Int32) {
        let number = signals.isIgnored(signal) ? SIGSTOP : signal
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, number)
        kill(getpid(), number)
        var before = sigset_t()
        sigprocmask(SIG_UNBLOCK, &set, &before)
        sigprocmask(SIG_SETMASK, &before, nil)
    }

    /// Makes `group` the foreground group if that is portrun's place now. SIGTTOU is blocked or ignored here.
    private func giveTerminal(to group: Int32) -> Bool {
        Terminal.withControlling { terminal in
            guard terminal.foregroundGroup == getpgrp() else { return false }
            return tcsetpgrp(terminal.descriptor, group) == 0
        } ?? false
    }
}
