import PortrunBase

#if os(Linux)
    extension Translation {
        /// Whether the system has what it takes. That a kernel or a container refuses it is seen at the launch.
        package static var isSupported: Bool { true }

        /// Whether this process was started by a command that has a localhost of its own, as far as its ancestors tell.
        ///
        /// A supervisor is a portrun at the root of the file system that leads a process group, and the command below it is
        /// in another.
        package static var isAround: Bool {
            guard let program = FileSystem.link(at: "/proc/self/exe") else { return false }
            var child = getpid()
            for ancestor in ProcessTree.ancestors(of: child) {
                if getpgid(ancestor) == ancestor, getpgid(child) != ancestor,
                    FileSystem.link(at: "/proc/\(ancestor)/exe") == program,
                    FileSystem.link(at: "/proc/\(ancestor)/cwd") == "/"
                {
                    return true
                }
                child = ancestor
            }
            return false
        }
    }
#endif
