#if canImport(Darwin)
    extension FileSystem {
        /// The system has no file system of files that are made up when they are read.
        static func isMadeUp(_ path: String) -> Bool { false }
    }
#endif
