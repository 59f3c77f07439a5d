import PortrunBase

/// A published number that is another one in this checkout.
package struct MovedPort: Sendable, Equatable {
    package var service: String
    package var from: Port
    package var to: Port
    /// The variable that carries the new number, so that values made from it follow; nil when an override moves it.
    package var variable: String?

    package init(service: String, from: Port, to: Port, variable: String?) {
        self.service = service
        self.from = from
        self.to = to
        self.variable = variable
    }
}
