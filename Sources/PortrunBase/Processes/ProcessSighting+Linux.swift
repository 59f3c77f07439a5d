#if os(Linux)
    import CProcess

    extension ProcessSighting {
        /// - Parameter isStartNeeded: read the start, too, where the kernel has a number that tells more.
        package static func of(_ pid: Int32, isStartNeeded: Bool = true) -> ProcessSighting {
            guard pid > 0 else { return .absent }
            var id: UInt64 = 0
            var hasEnded = false
            switch portrun_look_at(pid, &id, &hasEnded) {
            case 0:
                let start = isStartNeeded || id == 0 ? ProcessRecord.of(pid)?.start : nil
                return .present(start: start, pidfdID: id == 0 ? nil : id, hasEnded: hasEnded)
            case ESRCH:
                return .absent
            case _:
                // No pidfds: a kernel before 5.3, or a filter that refuses them.
                if kill(pid, 0) != 0 && errno == ESRCH { return .absent }
                let record = ProcessRecord.of(pid)
                return .present(
                    start: record?.start, pidfdID: nil, hasEnded: record?.hasEnded ?? false)
            }
        }
    }
#endif
