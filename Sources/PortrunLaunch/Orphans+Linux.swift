import PortrunBase

#if os(Linux)
    extension Orphans {
        /// All that runs below this process, but other portruns.
        package static func left() -> [Int32] {
            let program = FileSystem.link(at: "/proc/self/exe")
            return ProcessTree.family(of: getpid()).filter {
                $0 != getpid() && FileSystem.link(at: "/proc/\($0)/exe") != program
            }
        }
    }
#endif
