import PortrunBase

/// The ports that the servers of a command should listen on, and the meaning of others.
package struct PortExpectation: Sendable, Equatable {
    /// A server that has a port of its own.
    package struct Server: Sendable, Equatable {
        let service: ServiceName
        /// The name of a known framework; nil for another server.
        let name: String?
        let booked: Port
        /// The port that it listens on when nobody tells it otherwise: the declared one or the framework's own.
        let usual: Port?
        /// The variable and the placeholder that carry the booked port.
        let variable: String
        let placeholder: String

        package init(
            _ service: ServiceName, name: String? = nil, booked: Port, usual: Port?, variable: String,
            placeholder: String
        ) {
            self.service = service
            self.name = name
            self.booked = booked
            self.usual = usual
            self.variable = variable
            self.placeholder = placeholder
        }
    }

    /// None for a command that nobody knows as a server.
    let servers: [Server]
    /// Other ports that are booked for this launch or told to the command: its processes may well listen on them.
    private(set) var others: [Port]
    /// Those of `others` that numbers lead to of which nobody knows whose they are.
    private(set) var unowned: [Port]
    let ephemeral: PortRange

    package init(
        _ servers: [Server], others: [Port], unowned: [Port] = [], ephemeral: PortRange = EphemeralPorts.current()
    ) {
        self.servers = servers
        self.others = others
        self.unowned = unowned
        self.ephemeral = ephemeral
    }

    /// Adds a port that the command has been given since, in the place of a number of nobody's.
    mutating func add(_ given: Port) {
        others.append(given)
        unowned.append(given)
    }

    /// The result of a look at the listening ports.
    enum Verdict: Equatable {
        /// Every server listens where it should: no further look is needed.
        case settled
        case undecided
        /// A server listens on ports that are not its own.
        case elsewhere(Server, [Port])
        /// The only server has numbers that nobody knew for its, and listens where those lead.
        case found([Port])
    }

    /// Judges by `ports`, on which the command's processes listen.
    ///
    /// The rule, in order. A false alarm is worse than a miss, since `--strict` ends the command on it:
    /// 1. A server whose booked port is listened on is right, whatever it listens on besides.
    /// 2. A port that is booked for something else, by this portrun or by one inside, is right as well. Where the only
    ///    server has no number, and listens on nothing but some that are nobody's, those are its.
    /// 3. A server that is not right and whose usual port is listened on is elsewhere.
    /// 4. A port in the ephemeral range, one that tools open for their own ends (inspectors, live reload), or one in
    ///    the range of databases and the like says nothing.
    /// 5. When there is one server, the ports left that have been there for a while are that server's. Not in the first
    ///    seconds, in which helpers may be up before the server: `isLate`.
    /// 6. Anything else says nothing.
    /// - Parameters:
    ///   - earlier: those that were there at the looks before too.
    ///   - told: those that the environment of the process which listens there has from a portrun.
    func verdict(on ports: [Port], earlier: [Port] = [], told: [Port] = [], isLate: Bool = false) -> Verdict {
        let missing = servers.filter { !ports.contains($0.booked) }
        let strange = strange(ports).filter { !told.contains($0) }
        // A command that nobody knows is looked at until something in it has listened for a while.
        if servers.isEmpty {
            let isUp = ports.contains {
                earlier.contains($0) && !told.contains($0)
                    && (unowned.contains($0) || strange.contains($0) && isOfCommand($0))
            }
            return isUp ? .settled : .undecided
        }
        if missing.isEmpty { return .settled }
        for server in missing {
            if let usual = server.usual, strange.contains(usual) { return .elsewhere(server, [usual]) }
        }
        if isLate, servers.count == 1, missing[0].usual == nil, strange.isEmpty {
            let found = ports.filter { unowned.contains($0) && earlier.contains($0) && !told.contains($0) }
            if !found.isEmpty { return .found(found) }
        }
        let lasting = strange.filter { isTelling($0) && earlier.contains($0) }
        guard isLate, servers.count == 1, !lasting.isEmpty else { return .undecided }
        return .elsewhere(missing[0], lasting)
    }

    /// The first server of a known framework that is missing where nothing listens that could be it.
    func silent(on ports: [Port], told: [Port]) -> Server? {
        guard strange(ports).allSatisfy({ told.contains($0) || !isTelling($0) }) else { return nil }
        return servers.first { $0.name != nil && !ports.contains($0.booked) }
    }

    /// Those of `ports` that other checkouts are to know: on which servers of the command listen beside the booked ones,
    /// databases among them, and those that a number in its source has led to.
    func further(_ ports: [Port], told: [Port]) -> [Port] {
        strange(ports).filter { isOfCommand($0) && !told.contains($0) }
            + unowned.filter { ports.contains($0) && !told.contains($0) }
    }

    /// The `ports` that are not booked for anything, each once.
    private func strange(_ ports: [Port]) -> [Port] {
        var strange: [Port] = []
        for port in ports where !others.contains(port) && !strange.contains(port) {
            if !servers.contains(where: { $0.booked == port }) { strange.append(port) }
        }
        return strange
    }

    /// Ports that tools open beside a server: JDWP, debugpy, React DevTools, Chrome's debugger, Vite's HMR.
    private static let toolPorts: [UInt16] = [5005, 5678, 8097, 9222, 24678]

    /// True for a port on which a server of the user's own may listen.
    private func isTelling(_ port: Port) -> Bool {
        isOfCommand(port)
            && ServiceKind.allCases.allSatisfy { kind in
                kind == .web || kind == .other || !kind.defaultRange.contains(port)
            }
    }

    /// True for a port that a program of the command has chosen, and no tool beside it.
    private func isOfCommand(_ port: Port) -> Bool { !ephemeral.contains(port) && !Self.isOfTool(port) }

    /// True for a port that debuggers and the like open beside a server.
    package static func isOfTool(_ port: Port) -> Bool {
        toolPorts.contains(port.number) || ServiceKind.debug.defaultRange.contains(port)
    }
}
