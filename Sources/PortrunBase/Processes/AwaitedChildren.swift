/// SIGCHLD as it has to be for a child to be waited for: with the signal ignored, which is inherited, a child leaves no
/// status behind (wait(2)).
struct AwaitedChildren {
    private let before: sigaction

    /// - Returns: nil when the signal is not ignored.
    init?() {
        var before = sigaction()
        var ignored = IgnoredSignals.read()
        guard sigismember(&ignored, SIGCHLD) == 1 else { return nil }
        var standard = sigaction()
        sigaction(SIGCHLD, &standard, &before)
        self.before = before
    }

    /// Ignores it again.
    func release() {
        var before = before
        sigaction(SIGCHLD, &before, nil)
    }
}
