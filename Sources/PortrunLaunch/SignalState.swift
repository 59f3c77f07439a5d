import CLaunch
import PortrunBase

/// The signals of this process as it found them, and what it has changed to be able to pass them on.
///
/// From its capture on every signal waits: nothing is lost while portrun starts, and nothing can end it between the
/// start of the command and the moment when it listens. The command gets back exactly what portrun was given.
package struct SignalState: Sendable {
    /// Signals that came ignored, as SIGHUP under nohup(1). They are not passed on: the command ignores them too.
    let ignored: sigset_t
    /// Signals that were blocked here and did not come blocked.
    let blocked: sigset_t
    /// Signals whose disposition was changed here.
    let changed: sigset_t
    /// Signals to wait for: all that did not come ignored, and SIGCHLD.
    let awaited: sigset_t

    /// Captures the state and blocks every signal that did not come ignored; to be called first in `main`.
    ///
    /// SIGCHLD becomes default even if it came ignored, for otherwise waitpid(2) learns no exit status.
    package static func capture() -> SignalState {
        var ignored = sigset_t()
        portrun_read_ignored(&ignored)
        let numbers = (1..<Int32(portrun_signal_limit)).filter {
            !fatal.contains($0) && (sigismember(&ignored, $0) != 1 || $0 == SIGCHLD)
        }
        let awaited = set(of: numbers)
        var before = sigset_t()
        withUnsafePointer(to: awaited) { _ = sigprocmask(SIG_BLOCK, $0, &before) }
        let blocked = set(of: numbers.filter { sigismember(&before, $0) != 1 })
        for number in redisposed { setDisposition(of: number) }
        return SignalState(
            ignored: ignored, blocked: blocked, changed: set(of: redisposed), awaited: awaited)
    }

    /// True for a signal that came ignored.
    func isIgnored(_ number: Int32) -> Bool {
        withUnsafePointer(to: ignored) { sigismember($0, number) == 1 }
    }

    private static func set(of numbers: [Int32]) -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        // glibc refuses the two signals that it uses itself.
        for number in numbers { sigaddset(&set, number) }
        return set
    }
}
