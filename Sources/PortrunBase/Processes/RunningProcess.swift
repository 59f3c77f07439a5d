/// What a process is doing, for people.
package struct RunningProcess: Sendable, Equatable {
    /// Its words, at most about a line.
    package let command: String
    /// True when a signal or a debugger has stopped it: it does nothing until it is told to go on.
    package let isStopped: Bool

    package init(command: String, isStopped: Bool) {
        self.command = command
        self.isStopped = isStopped
    }
}
