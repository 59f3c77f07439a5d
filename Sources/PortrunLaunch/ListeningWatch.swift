import PortrunBase

/// Looks a few times after a command's start at where its processes listen.
///
/// The first look is after half a second, so that short commands pay nothing; each further one is after twice the time
/// of the one before, the last after eight seconds. A process that has left the command's tree (a daemon) is not seen,
/// nor is one of another user.
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
    private var known: PortExpectation?
    private var earlier: [Port] = []
    /// The sockets of all processes at the last look, by their inodes, and the listeners of the command among them.
    private var seen: (sockets: [UInt64], listeners: [ListeningTree.Listener])?
    private var lookCount = 0
    private var isOver = false
    /// On the monotonic clock, in nanoseconds.
    private let start = MonotonicClock.nanoseconds()

    private static let firstLook: Int64 = 500_000_000
    private static let lookLimit = 5
    /// From this look on, at four seconds, a server that is told nothing by its name is expected to be up.
    private static let lateLook = 4

    package init(
        answering answer: Answer, told setNames: @escaping (Environment) -> [String],
        expecting expectation: @escaping () -> PortExpectation
    ) {
        self.answer = answer
        self.setNames = setNames
        self.expectation = expectation
    }

    /// The time until the next look, in nanoseconds; nil when there is none any more.
    var remaining: Int64? {
        guard !isOver else { return nil }
        return max(start + Self.firstLook << Int64(lookCount) - MonotonicClock.nanoseconds(), 0)
    }

    /// Looks at process `pid` and all below it.
    ///
    /// - Returns: the server that listens elsewhere, and its pid; never twice.
    mutating func look(at pid: Int32) -> (StrayListener, pid: Int32)? {
        lookCount += 1
        isOver = lookCount == Self.lookLimit
        let expectation = known ?? expectation()
        known = expectation
        let listeners = listeners(below: pid)
        let ports = listeners.map(\.port)
        defer { earlier = ports }
        let told = listeners.filter(\.isTold).map(\.port)
        switch expectation.verdict(on: ports, earlier: earlier, told: told, isLate: lookCount >= Self.lateLook) {
        case .settled:
            isOver = true
            return nil
        case .undecided: return nil
        case .elsewhere(let server, let port):
            guard let listener = listeners.first(where: { $0.port == port }) else { return nil }
            isOver = true
            return (StrayListener(name: server.name ?? listener.name, port: port, server: server), listener.pid)
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
