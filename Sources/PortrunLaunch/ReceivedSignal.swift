import PortrunBase

/// A signal that has arrived here.
struct ReceivedSignal {
    var number: Int32
    var origin: SignalOrigin
    /// The value that a sender attached with sigqueue(3); nil for any other sender.
    var value: sigval?

    /// Sends the same signal to process `pid`, if it still exists.
    func relay(to pid: Int32) {
        if let value {
            queue(value, to: pid)
        } else {
            kill(pid, number)
        }
    }
}

/// Who sent a signal.
package enum SignalOrigin: Sendable, Equatable {
    /// The terminal driver, a timer, a child's change of state.
    case kernel
    /// A process by its pid; 0 when it lives in a pid namespace outside of this one.
    case process(Int32)
    /// The system does not say.
    case unknown
}
