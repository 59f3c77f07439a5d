import PortrunBase
import PortrunKit

/// Arguments that several operations take.
extension Parameter {
    static let folder = Parameter(
        name: "checkout", kind: .folder, description: "The folder of the checkout that is meant, or one inside it.")

    /// Which checkout is meant.
    static let place = [
        folder,
        Parameter(name: "context", kind: .name, description: "The name of a context, instead of the checkout's own."),
    ]

    static let booking = Parameter(
        name: "id", kind: .number(1...Int(Int32.max)), description: "The number of the booking.", isRequired: true)

    static let service = Parameter(
        name: "service", kind: .service, description: "The name of the service.", isRequired: true)

    static let port = Parameter(
        name: "port", kind: .number(anyPort), description: "The port.", isRequired: true)

    static let note = Parameter(
        name: "description", kind: .note, description: "What it is for: 1 to 1000 bytes on one line.")

    static let timeToLive = 1...316_224_000
}
