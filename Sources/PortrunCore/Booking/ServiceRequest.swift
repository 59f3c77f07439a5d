/// A port that somebody asks for, and what is known about the number it should have.
package struct ServiceRequest: Sendable, Equatable {
    package var service: ServiceName
    package var transport: TransportProtocol = .tcp
    package var kind: ServiceKind

    /// The port that was asked for by `--port`: this one or an error.
    package var demand: Port?
    /// The port that the user's environment gives the service's variable.
    package var wish: Port?
    /// The port that the project's files give the service.
    package var declared: Port?
    /// The port that the service listens on inside its container.
    package var target: Port?
    /// The variable that the project's files read the port from.
    package var variable: String?
    /// Where the project's files publish the port: an index in what discovery declared.
    package var entry: Int?
    /// True for the port that the command itself binds: two live runs cannot share it.
    package var isExclusive = false

    package init(_ service: ServiceName, kind: ServiceKind? = nil) {
        self.service = service
        self.kind = kind ?? ServiceKind(service: service.description)
    }
}
