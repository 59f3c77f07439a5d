#if canImport(Darwin)
    /// The kernel's description of a process: sysctl(3), KERN_PROC_PID.
    enum KernelProcess {
        /// nil when there is none with this pid.
        static func of(_ pid: Int32) -> kinfo_proc? {
            var name = [CTL_KERN, KERN_PROC, KERN_PROC_PID, pid]
            var process = kinfo_proc()
            var size = MemoryLayout<kinfo_proc>.stride
            // For a pid that does not exist the call succeeds and returns nothing.
            guard sysctl(&name, u_int(name.count), &process, &size, nil, 0) == 0, size > 0 else { return nil }
            return process
        }
    }
#endif
