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

extension ComposeProject {
    /// The ports with one number in the files and another one in `booked`, which has one for each of `ports`.
    package func moved(to booked: [PortRange?]) -> [MovedPort] {
        zip(ports, booked).flatMap { port, booked -> [MovedPort] in
            guard let booked, let declared = port.published.flatMap({ PortRange($0) }), declared != booked,
                declared.count == booked.count
            else { return [] }
            return zip(declared.ports, booked.ports).map { from, to in
                MovedPort(
                    service: port.service, from: from, to: to, variable: port.feedsOnlyHostPort ? port.variable : nil)
            }
        }
    }

    /// Where values still name the old number of a port, with its file and line.
    package func oldPortFindings(_ moved: [MovedPort]) -> [ComposeFinding] {
        OldPortFinding(in: self, moved: moved).findings
    }
}
