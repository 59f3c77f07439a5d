import PortrunBase

/// Looks three times a second at where the processes of a command listen, in the first ten seconds after its start, and
/// three times more after thirty, by when a server of a known framework should be up. One that three looks have seen
/// elsewhere is told of.
///
/// Short commands pay nothing. A process that has left the command's tree (a daemon) is not seen, nor is one of another
/// user.
package struct ListeningWatch {
    /// The answer to a server that listens elsewhere.
    package enum Answer {
        /// Say so, and let it run.
        case tell((StrayListener) -> Void)
        /// End the command: `--strict`.
        case end
    }

    let answer: Answer
    /// Asked for at the first look only.
    private let expectation: () -> PortExpectation
    /// The variables of an environment that a portrun has set.
    private let setNames: (Environment) -> [String]
    /// Is told once where the command's servers listen.
    private let learn: ([Port]) -> Void
    private var known: PortExpectation?
    /// The ports of the last look, and of the one before it.
    private var earlier: [[Port]] = [[], []]
    /// The sockets of all processes at the last look, by their inodes, and the listeners of the command among them.
    private var seen: (sockets: [UInt64], listeners: [ListeningTree.Listener])?
    private var lookCount = 0
    private var isOver = false
    /// On the monotonic clock, in nanoseconds.
    private let start = MonotonicClock.nanoseconds()

    private static let interval: Int64 = 350_000_000
    private static let earlyLooks = 29
    private static let lookLimit = earlyLooks + 3
    /// When the late looks begin.
    private static let lateStart: Int64 = 30_000_000_000
    /// From this look on, at 1.4 seconds, a server that is told nothing by its name is expected to be up.
    private static let lateLook = 4

    package init(
        answering answer: Answer, told setNames: @escaping (Environment) -> [String],
        learning learn: @escaping ([Port]) -> Void = { _ in }, expecting expectation: @escaping () -> PortExpectation
    ) {
        self.answer = answer
        self.setNames = setNames
        self.learn = learn
        self.expectation = expectation
    }

    /// The time until the next look, in nanoseconds; nil when there is none any more.
    var remaining: Int64? {
        guard !isOver else { return nil }
        let count = lookCount + 1
        let wait =
            count <= Self.earlyLooks
            ? Self.interval * Int64(count) : Self.lateStart + Self.interval * Int64(count - Self.earlyLooks - 1)
        return max(start + wait - MonotonicClock.nanoseconds(), 0)
    }

    /// Notes a port that the command has been given since its start.
    mutating func expect(_ given: Port) {
        var expectation = known ?? expectation()
        expectation.add(given)
        known = expectation
    }

    /// Looks at process `pid` and all below it.
    ///
    /// - Returns: the server that listens elsewhere or nowhere, and its pid or the command's; never twice.
    mutating func look(at pid: Int32) -> (StrayListener, pid: Int32)? {
        lookCount += 1
        isOver = lookCount == Self.lookLimit
        let expectation = known ?? expectation()
        known = expectation
        let listeners = listeners(below: pid)
        let ports = listeners.map(\.port)
        let lasting = earlier[0].filter { earlier[1].contains($0) }
        earlier = [ports, earlier[0]]
        let told = listeners.filter(\.isTold).map(\.port)
        switch expectation.verdict(on: ports, earlier: lasting, told: told, isLate: lookCount >= Self.lateLook) {
        case .settled:
            isOver = true
            learn(expectation.servers.map(\.booked) + expectation.further(ports, told: told))
            return nil
        case .undecided:
            // To be slow is nothing that a command is ended for.
            guard isOver, case .tell = answer, let server = expectation.silent(on: ports, told: told),
                let name = server.name
            else { return nil }
            return (StrayListener(name: name, ports: [], server: server), pid)
        case .found(let ports):
            isOver = true
            learn(ports)
            return nil
        case .elsewhere(let server, let ports):
            guard let listener = listeners.first(where: { ports.contains($0.port) }) else { return nil }
            isOver = true
            if case .tell = answer { learn(ports) }
            return (StrayListener(name: server.name ?? listener.name, ports: ports, server: server), listener.pid)
        }
    }

    /// To tell whose a socket is costs a look at every process: nothing where there is no new one on this machine.
    private mutating func listeners(below pid: Int32) -> [ListeningTree.Listener] {
        let sockets = BoundSocket.all(.tcp) ?? []
        let inodes = sockets.map(\.inode).sorted()
        if let seen, seen.sockets == inodes { return seen.listeners }
        let listeners = ListeningTree.listeners(below: pid, among: sockets, told: setNames)
        seen = (inodes, listeners)
        return listeners
    }
}
