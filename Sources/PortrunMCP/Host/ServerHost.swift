import PortrunBase
import PortrunKit

/// What the server is told of the process that it runs in; it asks for nothing by itself.
package struct ServerHost {
    /// Of portrun.
    let version: String
    /// The system as the process was started, with the clocks as they are now.
    let system: () -> System
    /// `--registry`, as typed.
    let registry: String?
    /// The user.
    let uid: UInt32
    /// Waits so many milliseconds for nothing, while the request with this id is worked on.
    let pause: (_ milliseconds: Int32, _ id: JSONValue) -> PauseEnding

    package init(
        version: String, registry: String?, uid: UInt32, system: @escaping () -> System,
        pause: @escaping (_ milliseconds: Int32, _ id: JSONValue) -> PauseEnding
    ) {
        self.version = version
        self.registry = registry
        self.uid = uid
        self.system = system
        self.pause = pause
    }
}

/// How a pause ended in which a request was worked on.
package enum PauseEnding: Sendable {
    case isOver
    /// The client has taken the request back, and wants no answer.
    case takenBack
    /// Nothing comes in any more: the client waits for the answer, if for anything, and for the end of the server.
    case inputEnded
}
