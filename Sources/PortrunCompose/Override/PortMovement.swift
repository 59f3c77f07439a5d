import PortrunBase

/// The way in which a published port of a compose project moves to the number that is booked for it.
package enum PortMovement: String, Sendable {
    /// The files say that number already.
    case no
    /// A variable that the files read it from is set.
    case variable
    /// The override file replaces it.
    case override
    /// Nothing moves it: its service is inactive, the main worktree's, or on the host's network, or portrun does not
    /// book its protocol.
    case never

    /// - Parameter booked: nil while nothing is, which leaves it open: then this is nil as well.
    package init?(of port: DeclaredPort, of service: ComposeService?, to booked: PortRange?) {
        let isFixed = service?.networkMode == "host" || !port.isActive || port.transport == nil
        if isFixed {
            self = .never
        } else if let booked {
            self =
                port.published.range == booked ? .no : port.feedsOnlyHostPort ? .variable : .override
        } else {
            return nil
        }
    }
}
