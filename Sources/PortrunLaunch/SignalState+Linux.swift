import PortrunBase

#if os(Linux)
    extension SignalState {
        /// Signals that are never blocked. A fault still kills when it is blocked (signal(7)), so there are none.
        static let fatal: [Int32] = []

        /// Signals that need another disposition to be waited for.
        static let redisposed: [Int32] = [SIGCHLD]

        static func setDisposition(of number: Int32) {
            signal(number, SIG_DFL)
        }

        /// Waits for the next signal, whoever sent it.
        ///
        /// - Parameter limit: in nanoseconds; nil for ever.
        /// - Returns: nil when the time is over, or sooner.
        func next(within limit: Int64?) -> ReceivedSignal? {
            var info = siginfo_t()
            var number: Int32
            if let limit {
                var time = timespec(tv_sec: Int(limit / 1_000_000_000), tv_nsec: Int(limit % 1_000_000_000))
                number = withUnsafePointer(to: awaited) { sigtimedwait($0, &info, &time) }
                if number < 0 { return nil }
            } else {
                repeat {
                    number = withUnsafePointer(to: awaited) { sigwaitinfo($0, &info) }
                } while number < 0  // EINTR after a stop: signal(7)
            }
            switch info.si_code {
            case 1...:
                return ReceivedSignal(number: number, origin: .kernel)
            case SignalCode.queue:
                let sent = info._sifields._rt
                return ReceivedSignal(number: number, origin: .process(sent.si_pid), value: sent.si_sigval)
            case SignalCode.kill, SignalCode.threadKill:
                return ReceivedSignal(number: number, origin: .process(info._sifields._kill.si_pid))
            case _:
                return ReceivedSignal(number: number, origin: .unknown)
            }
        }
    }

    /// Values of `si_code` that carry the sender's pid: sigaction(2).
    private enum SignalCode {
        static let kill: Int32 = 0
        static let queue: Int32 = -1
        static let threadKill: Int32 = -6
    }
#endif
