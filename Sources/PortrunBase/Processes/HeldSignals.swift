/// The signals by which users end a program, kept waiting until something is tidied up.
package struct HeldSignals {
    /// Those that were not blocked before.
    private let held: sigset_t
    /// Those that end this process: one that is ignored would wait as well (signal(7)).
    private let ending: [Int32]

    /// The signals that ask a program to end.
    package static let numbers = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

    /// Blocks them.
    package init() {
        var ignored = IgnoredSignals.read()
        ending = Self.numbers.filter { sigismember(&ignored, $0) != 1 }
        var wanted = sigset_t()
        sigemptyset(&wanted)
        for number in ending { sigaddset(&wanted, number) }
        var before = sigset_t()
        sigprocmask(SIG_BLOCK, &wanted, &before)
        for number in ending where sigismember(&before, number) == 1 { sigdelset(&wanted, number) }
        held = wanted
    }

    /// True when one has come.
    package var haveCome: Bool {
        var pending = sigset_t()
        sigpending(&pending)
        return ending.contains { sigismember(&pending, $0) == 1 }
    }

    /// Unblocks them: one that has come ends this process.
    package func release() {
        var held = held
        sigprocmask(SIG_UNBLOCK, &held, nil)
    }
}
