import PortrunBase

#if os(Linux)
    extension Orphans {
        /// All that runs below this process, but other portruns.
        package static func left() -> [Int32] {
            let program = FileSystem.link(at: "/proc/self/exe")
            return ProcessTree.family(of: getpid()).filter { process in
                // A supervisor that has ended and is not reaped has no program any more.
                guard process != getpid(), case .present(_, _, false) = ProcessSighting.of(process) else {
                    return false
                }
                return FileSystem.link(at: "/proc/\(process)/exe") != program
            }
        }
    }
#endif
