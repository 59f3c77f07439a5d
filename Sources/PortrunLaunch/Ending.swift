import CLaunch
import PortrunBase

/// How a process ended.
package enum Ending: Sendable, Equatable {
    /// By itself, with a status from 0 to 255.
    case exited(Int32)
    /// By a signal.
    case signalled(Int32)

    /// Ends this process in the same way, so that its parent sees what it would have seen of the command itself.
    ///
    /// A shell goes on with its script after a command that exits with 130, and stops after one that died of SIGINT,
    /// so the status alone is not enough. There is no second core file.
    package func mirror() -> Never {
        switch self {
        case .exited(let status):
            exit(status)
        case .signalled(let signal):
            die(of: signal)
            // pid 1 of a pid namespace cannot be killed from inside (pid_namespaces(7)): end as shells report it.
            exit(128 + signal)
        }
    }

    private func die(of number: Int32) {
        portrun_suppress_core()
        signal(number, SIG_DFL)
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, number)
        kill(getpid(), number)
        sigprocmask(SIG_UNBLOCK, &set, nil)
    }
}
