/// A port that another context has for a service which this one uses too.
package struct MainServicePort: Sendable, Equatable {
    package let service: ServiceName
    package let port: Port
    /// The variable that the project's files read the port from.
    package let variable: String?
    /// The port that the project's files give the service.
    package let declared: Port?

    package init(service: ServiceName, port: Port, variable: String?, declared: Port? = nil) {
        self.service = service
        self.port = port
        self.variable = variable
        self.declared = declared
    }
}
