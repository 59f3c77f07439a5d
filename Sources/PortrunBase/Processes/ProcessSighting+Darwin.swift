#if canImport(Darwin)
    extension ProcessSighting {
        package static func of(_ pid: Int32, isStartNeeded: Bool = true) -> ProcessSighting {
            guard pid > 0 else { return .absent }
            guard let process = KernelProcess.of(pid) else {
                return kill(pid, 0) != 0 && errno == ESRCH
                    ? .absent : .present(start: nil, pidfdID: nil, hasEnded: false)
            }
            let start = process.kp_proc.p_un.__p_starttime
            return .present(
                start: UInt64(start.tv_sec) * 1_000_000 + UInt64(start.tv_usec), pidfdID: nil,
                hasEnded: process.kp_proc.p_stat == SZOMB)
        }
    }
#endif
