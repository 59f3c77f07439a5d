#if canImport(Darwin)
    extension RunningProcess {
        /// The process `pid`, by the name of its executable; nil when there is none.
        package static func of(_ pid: Int32) -> RunningProcess? {
            guard let process = KernelProcess.of(pid) else { return nil }
            let name = withUnsafeBytes(of: process.kp_proc.p_comm) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            return RunningProcess(command: name, isStopped: Int32(process.kp_proc.p_stat) == SSTOP)
        }

        /// Not known here.
        package static func variables(of pid: Int32) -> [ArraySlice<UInt8>]? { nil }
    }
#endif
