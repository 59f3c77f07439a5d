#if canImport(Darwin)
    extension ProcessTree {
        static func parent(of pid: Int32) -> Int32? {
            KernelProcess.of(pid)?.kp_eproc.e_ppid
        }
    }
#endif
