import CLaunch
import PortrunBase

/// The signals by which users end a program, kept waiting until something is tidied up.
package struct HeldSignals {
    private let held: sigset_t

    private static let numbers = [SIGINT, SIGTERM, SIGHUP]

    /// Blocks them.
    package init() {
        var held = sigset_t()
        sigemptyset(&held)
        // One that is ignored would wait as well (signal(7)).
        var ignored = sigset_t()
        portrun_read_ignored(&ignored)
        for number in Self.numbers where sigismember(&ignored, number) != 1 { sigaddset(&held, number) }
        sigprocmask(SIG_BLOCK, &held, nil)
        self.held = held
    }

    /// True when one has come.
    package var haveCome: Bool {
        var pending = sigset_t()
        sigpending(&pending)
        return Self.numbers.contains { sigismember(&pending, $0) == 1 }
    }

    /// Unblocks them: one that has come ends this process.
    package func release() {
        var held = held
        sigprocmask(SIG_UNBLOCK, &held, nil)
    }
}
