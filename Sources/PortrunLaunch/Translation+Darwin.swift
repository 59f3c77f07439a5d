import PortrunBase

#if canImport(Darwin)
    extension Translation {
        /// Whether the system has what it takes: nothing here stops a system call for another process to answer.
        package static var isSupported: Bool { false }

        /// Whether this process was started by a command that has a localhost of its own.
        package static var isAround: Bool { false }
    }
#endif
