/// This process, as others know it and as it sees them.
///
/// Apart from `System`, since it takes a look at some files: what needs no checkout does without.
package struct OwnProcess: Sendable, Equatable {
    package var pid: Int32
    /// The real user.
    package var uid: UInt32
    /// From where it sees other processes.
    package var vantage: Vantage

    package init(pid: Int32, uid: UInt32, vantage: Vantage) {
        self.pid = pid
        self.uid = uid
        self.vantage = vantage
    }

    /// As the system tells it now.
    package static func current() -> OwnProcess {
        OwnProcess(pid: getpid(), uid: getuid(), vantage: .current())
    }
}
