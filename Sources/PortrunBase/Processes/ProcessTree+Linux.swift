#if os(Linux)
    extension ProcessTree {
        package static func parent(of pid: Int32) -> Int32? {
            ProcessRecord.of(pid)?.parent
        }
    }
#endif
