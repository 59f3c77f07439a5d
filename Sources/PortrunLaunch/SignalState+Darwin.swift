import PortrunBase

#if canImport(Darwin)
    extension SignalState {
        /// Signals that are never blocked: a fault in this process must end it, not repeat for ever.
        static let fatal: [Int32] = [SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV, SIGSYS]

        /// Signals that the kernel forgets at once, blocked or not, while their default is to be ignored.
        static let redisposed: [Int32] = [SIGCHLD, SIGWINCH, SIGURG, SIGIO, SIGINFO]

        /// A handler that is never run, since the signal stays blocked.
        static func setDisposition(of number: Int32) {
            signal(number) { _ in }
        }

        /// Waits for the next signal. Its origin is unknown: Darwin has no sigwaitinfo(2), and the `si_code` that a
        /// handler sees is not filled in (llvm/llvm-project issue 177864).
        ///
        /// - Parameter limit: not kept, since Darwin has no sigtimedwait(2) either.
        func next(within limit: Int64?) -> ReceivedSignal? {
            var number: Int32 = 0
            withUnsafePointer(to: awaited) { set in
                while sigwait(set, &number) != 0 {}
            }
            return ReceivedSignal(number: number, origin: .unknown)
        }
    }
#endif
