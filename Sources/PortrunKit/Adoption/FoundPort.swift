import PortrunBase

/// A port that a project's files say it binds.
package struct FoundPort: Sendable, Equatable {
    package var service: ServiceName
    package var ports: PortRange
    package var transport = TransportProtocol.tcp
    package var target: Port?
    package var variable: String?
    /// What decides the range of another port for it.
    package var kind: ServiceKind
    /// The places that name it, first the one that gave it its name.
    package var places: [Place]

    /// A line of a file, as the user would name it.
    package struct Place: Sendable, Equatable, CustomStringConvertible {
        package let file: String
        /// Counted from 1.
        package let line: Int

        package var description: String { "\(file):\(line)" }
    }

    /// - Parameter isServer: a command that starts servers names it, so that it is for a web server unless its name or
    ///   number says otherwise.
    init(_ service: ServiceName, _ port: Port, _ file: String, line: Int, isServer: Bool = false) {
        self.service = service
        let known = ServiceKind(service: service.description, on: port)
        kind = known == .other && isServer ? .web : known
        ports = PortRange(port)
        places = [Place(file: file, line: line)]
    }
    /// What a compose file declares; nil where it leaves the port to Docker.
    init?(_ request: ServiceRequest, _ file: String, line: Int) {
        guard let ports = request.declaredPorts else { return nil }
        self.init(request.service, ports.first, file, line: line)
        (kind, transport, target, variable) = (request.kind, request.transport, request.target, request.variable)
        self.ports = ports
    }
}
