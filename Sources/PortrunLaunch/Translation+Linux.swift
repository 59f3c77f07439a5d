import PortrunBase

#if os(Linux)
    extension Translation {
        /// Whether the system has what it takes. That a kernel or a container refuses it is seen at the launch.
        package static var isSupported: Bool { true }
    }
#endif
