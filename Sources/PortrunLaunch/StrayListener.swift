import PortrunBase

/// A server that listens somewhere else than it was told, or nowhere.
package struct StrayListener: Sendable, Equatable {
    /// That of the framework, else of the program.
    let name: String
    /// Where it listens; none for a server that has not listened for a long time.
    let ports: [Port]
    let server: PortExpectation.Server

    package var message: String {
        let places = ports.isEmpty ? "nothing yet" : ports.map(\.description).joined(separator: " and ")
        return "\(name) listens on \(places), booked \(server.booked)"
    }

    /// The next step for the user.
    package var hint: String {
        "let it read `\(server.variable)`, or put `\(server.placeholder)` where it is told its port"
    }
}
