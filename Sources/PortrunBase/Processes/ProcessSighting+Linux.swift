#if os(Linux)
    import CProcess

    extension ProcessSighting {
        package static func of(_ pid: Int32) -> ProcessSighting {
            guard pid > 0 else { return .absent }
            var id: UInt64 = 0
            var hasEnded = false
            switch portrun_look_at(pid, &id, &hasEnded) {
            case 0:
                return .present(
                    start: ProcessRecord.of(pid)?.start, pidfdID: id == 0 ? nil : id, hasEnded: hasEnded)
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
