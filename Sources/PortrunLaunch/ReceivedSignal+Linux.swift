import PortrunBase

#if os(Linux)
    extension ReceivedSignal {
        func queue(_ value: sigval, to pid: Int32) {
            sigqueue(pid, number, value)
        }
    }
#endif
