/// Whose socket is at the other end of a TCP connection within this machine.
package enum ConnectionOwner: Sendable, Equatable {
    case user(UInt32)
    /// There is none any more, or the system does not tell: nobody who is let in.
    case unknown
    /// This system has no way to ask.
    case untold
}
