import PortrunBase

#if canImport(Darwin)
    extension ReceivedSignal {
        /// Darwin has no sigqueue(3), so there is no value to pass on.
        func queue(_ value: sigval, to pid: Int32) {
            kill(pid, number)
        }
    }
#endif
