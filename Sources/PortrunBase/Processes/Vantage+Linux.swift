#if os(Linux)
    import CProcess

    extension Vantage {
        /// That of this process.
        package static func current() -> Vantage {
            let bootID = firstLine(of: "/proc/sys/kernel/random/boot_id")
            let pidNamespace = pidAndTimeNamespace()
            return Vantage(
                bootID: bootID, host: firstLine(of: "/etc/machine-id") + "/" + hostName(),
                pidNamespace: pidNamespace,
                networkNamespace: NetworkNamespace.name(pidNamespace: pidNamespace))
        }

        /// The inode of the first pid namespace, fixed as PROC_PID_INIT_INO in linux/proc_ns.h.
        static let initialPIDNamespace = "4026531836"
        /// Likewise PROC_TIME_INIT_INO.
        private static let initialTimeNamespace: UInt64 = 4_026_531_834

        private static func pidAndTimeNamespace() -> String {
            guard let pid = ProcLink.namespace("/proc/self/ns/pid", PORTRUN_PID_NAMESPACE) else { return "" }
            let time = ProcLink.namespace("/proc/self/ns/time", PORTRUN_TIME_NAMESPACE) ?? initialTimeNamespace
            return time == initialTimeNamespace ? String(pid) : "\(pid)+\(time)"
        }

        /// Empty when the file cannot be read, as in a container without /proc or a machine id.
        private static func firstLine(of path: String) -> String {
            guard let bytes = try? FileSystem.read(path, limit: 4096) else { return "" }
            return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        }

        /// Containers of one image share their machine id, and differ in this.
        private static func hostName() -> String {
            var name = [CChar](repeating: 0, count: 65)  // HOST_NAME_MAX and a NUL: gethostname(2)
            gethostname(&name, 64)
            return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
#endif
