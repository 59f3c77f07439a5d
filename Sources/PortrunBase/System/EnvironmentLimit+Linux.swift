#if os(Linux)
    /// The size of an environment that programs can be started with: execve(2), «Limits on size of arguments and
    /// environment». An entry of the table takes a pointer and its closing NUL besides.
    package enum EnvironmentLimit {
        /// The bytes of `NAME=value`: 32 pages, without the NUL.
        package static let longestEntry = 131_071
        /// A quarter of a stack of 8 MiB, less what arguments may need.
        package static let all = 1_900_000
    }
#endif
