#if os(Linux)
    import CProcess

    extension FileSystem {
        /// True for a file below /proc, /sys or the like, which the kernel makes up when it is read: statfs(2).
        ///
        /// Reading some of them waits, has an effect, or gives another process's secrets away.
        static func isMadeUp(_ path: String) -> Bool {
            var status = statfs()
            guard statfs(path, &status) == 0 else { return false }
            // proc, sysfs, debugfs, tracefs, securityfs, cgroup, cgroup2, bpf
            switch UInt32(truncatingIfNeeded: status.f_type) {
            case 0x9FA0, 0x6265_6572, 0x6462_6720, 0x7472_6163, 0x7363_6673, 0x0027_E0EB, 0x6367_7270, 0xCAFE_4A11:
                return true
            default: return false
            }
        }
    }
#endif
