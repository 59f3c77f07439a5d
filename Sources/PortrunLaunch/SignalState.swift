import CLaunch
import PortrunBase

/// The signals of this process as it found them, and what it has changed to be able to pass them on.
///
/// From its capture on every signal waits, so that nothing is lost while portrun starts; but those that ask a program to
/// end wait only from the start of the command on, which they would part from portrun. The command gets back exactly
/// what portrun was given.
package struct SignalState: Sendable {
    /// Signals that came ignored, as SIGHUP under nohup(1). They are not passed on: the command ignores them too.
    let ignored: sigset_t
    /// Signals that were blocked here, or are to be, and did not come blocked.
    let blocked: sigset_t
    /// Those of `blocked` that end this process as long as there is no command to pass them on to.
    private let ending: sigset_t
    /// Signals whose disposition was changed here.
    let changed: sigset_t
    /// Signals to wait for: all that did not come ignored, and SIGCHLD.
    let awaited: sigset_t

    /// Captures the state and blocks every signal that did not come ignored, but those that ask a program to end.
    ///
    /// SIGCHLD becomes default even if it came ignored, for otherwise waitpid(2) learns no exit status.
    package static func capture() -> SignalState {
        var ignored = IgnoredSignals.read()
        let numbers = (1..<Int32(portrun_signal_limit)).filter {
            !fatal.contains($0) && (sigismember(&ignored, $0) != 1 || $0 == SIGCHLD)
        }
        let awaited = set(of: numbers)
        var now = awaited
        for number in HeldSignals.numbers { sigdelset(&now, number) }
        var before = sigset_t()
        sigprocmask(SIG_BLOCK, &now, &before)
        let blocked = set(of: numbers.filter { sigismember(&before, $0) != 1 })
        var ending = sigset_t()
        sigemptyset(&ending)
        for number in HeldSignals.numbers where withUnsafePointer(to: blocked, { sigismember($0, number) }) == 1 {
            sigaddset(&ending, number)
        }
        for number in redisposed { setDisposition(of: number) }
        return SignalState(
            ignored: ignored, blocked: blocked, ending: ending, changed: set(of: redisposed), awaited: awaited)
    }

    /// Blocks the signals that ask a program to end: from now on there is a command to pass them on to.
    func holdEnding() {
        withUnsafePointer(to: ending) { _ = sigprocmask(SIG_BLOCK, $0, nil) }
    }

    /// Unblocks them: there will be no command after all, and one that has come ends this process.
    package func releaseEnding() {
        withUnsafePointer(to: ending) { _ = sigprocmask(SIG_UNBLOCK, $0, nil) }
    }

    /// Passes on what keys of the terminal have sent by now, before the child `pid` goes through its gate.
    ///
    /// What came before there was a child has reached this process alone. What came later waits at the child as well, and
    /// a second one of the same number makes no difference to that.
    func relayEarlyKeys(to pid: Int32) {
        var pending = sigset_t()
        sigpending(&pending)
        guard
            sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGQUIT) == 1
                || sigismember(&pending, SIGTSTP) == 1
        else { return }
        for number in [SIGINT, SIGQUIT, SIGTSTP] where sigismember(&pending, number) == 1 {
            kill(pid, number)
            var taken: Int32 = 0
            withUnsafePointer(to: Self.set(of: [number])) { _ = sigwait($0, &taken) }
        }
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
