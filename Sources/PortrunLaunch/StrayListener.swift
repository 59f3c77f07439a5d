import PortrunBase

/// A server that listens somewhere else than it was told.
package struct StrayListener: Sendable, Equatable {
    /// That of the framework, else of the program.
    let name: String
    let port: Port
    let server: PortExpectation.Server

    package var message: String { "\(name) listens on \(port), booked \(server.booked)" }

    /// The next step for the user.
    package var hint: String {
        "let it read `\(server.variable)`, or put `\(server.placeholder)` where it is told its port"
    }
}
