#if canImport(Darwin)
    /// The size of an environment that programs can be started with: execve(2), E2BIG. An entry of the table takes a
    /// pointer and its closing NUL besides.
    package enum EnvironmentLimit {
        /// The bytes of `NAME=value`: as on Linux, where a checkout may be used as well.
        package static let longestEntry = 131_071
        /// `ARG_MAX`, 1 MiB, less what arguments may need.
        package static let all = 900_000
    }
#endif
