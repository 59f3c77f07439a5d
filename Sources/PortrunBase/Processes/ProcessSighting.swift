/// A look at the process that has a pid now.
package enum ProcessSighting: Equatable {
    /// No process has the pid.
    case absent
    /// A process has it. `start` and `pidfdID` are as in `Holder`, nil where they cannot be read.
    ///
    /// `hasEnded` is true for a process that only waits to be reaped; kill(2) still finds it.
    case present(start: UInt64?, pidfdID: UInt64?, hasEnded: Bool)
}
