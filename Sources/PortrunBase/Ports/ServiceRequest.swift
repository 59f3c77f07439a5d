/// A port that somebody asks for, and what is known about the number it should have.
package struct ServiceRequest: Sendable, Equatable {
    package var service: ServiceName
    package var transport: TransportProtocol = .tcp
    package var kind: ServiceKind
    /// The number of consecutive ports; every port below is the first of that many.
    package var count = 1
    /// True when so many were asked for by `--block`; else a booking that has more keeps them.
    package var isCountDemanded = false

    /// The port that was asked for by `--port`: this one or an error.
    package var demand: Port?
    /// The ports that were asked for by `--range`: one of these or an error.
    package var range: PortRange?
    /// The port that the user's environment gives the service's variable.
    package var wish: Port?
    /// True where the user gives it to this very command: then it wins over a port that was demanded before.
    package var isWishSetNow = false
    /// The port that the project's files give the service.
    package var declared: Port?
    /// The port that the service listens on inside its container.
    package var target: Port?
    /// The variable that the project's files read the port from.
    package var variable: String?
    /// Where the project's files publish the port, or the first of them: an index in what discovery declared.
    package var entry: Int?
    /// True where only the main worktree has started the service so far: its number is not this checkout's to use.
    package var isOfMainAlone = false
    /// True where the files of this linked worktree declare the number, and those of the main one do not.
    package var isOfThisCheckoutAlone = false
    /// True for the port that the command itself binds: two live runs cannot share it.
    package var isExclusive = false
    /// The project's files say that linked worktrees use the main one's.
    package var isLent = false
    /// Nothing but the project's text asks for it: where no port is free, the others are booked without it.
    package var mayBeLeftOut = false
    /// What to do where the files fix `declared` and somebody else has it; `remap` where they fix nothing.
    package var fixed = FixedPortPolicy.remap

    package init(_ service: ServiceName, kind: ServiceKind? = nil) {
        self.service = service
        self.kind = kind ?? ServiceKind(service: service.description)
    }

    /// True when a booking of `ports` is what was asked for.
    package func accepts(_ ports: PortRange) -> Bool {
        if let demand { return demand == ports.first }
        guard let range else { return true }
        return range.first <= ports.first && ports.last <= range.last
    }
}

extension ServiceRequest {
    /// As many ports as it wants, from the declared one on; nil where nothing declares one.
    package var declaredPorts: PortRange? { declared.flatMap { PortRange($0, count: count) } }
}
