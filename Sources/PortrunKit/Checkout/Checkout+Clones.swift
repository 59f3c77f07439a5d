import PortrunBase
import PortrunLaunch
import PortrunRegistry

extension Checkout {
    /// This checkout as one whose declared ports are another's: a linked worktree, the second of two clones on one branch,
    /// and one beside another clone that runs something. nil for any other.
    func asGuest(in registry: Registry) throws -> Checkout? {
        if context.isGuest { return self }
        if isNamed { return nil }
        let recorded = try recordedContext(in: registry)
        let (first, clones) = try look(in: registry) { reader, record in
            (
                try recorded.isGuest ? reader.find(identity: context.identity) : nil,
                try (record?.hasClones == true || context.isInBareRepository) && !recorded.isGuest
                    ? reader.clones(of: context) : []
            )
        }
        if recorded.isGuest { return first.map { asSecondClone(besides: $0.path) } }
        return try liveClone(of: clones, in: registry, isDryRun: false).map { beside(cloneAt: $0) }
    }

    /// The path of the first clone in which something runs that has numbers which may be this one's too; nil for none. The
    /// worktrees of a bare repository count, whether portrun has run there or not.
    ///
    /// - Parameter clones: those that the registry knows.
    func liveClone(of clones: [ContextRecord], in registry: Registry, isDryRun: Bool) throws -> String? {
        try clones.first { try isLive($0, in: registry, isDryRun: isDryRun) }?.path
            ?? liveUnknownWorktree(besides: clones)
    }

    /// True while something that runs in another clone, or was started there, listens on a number that may be this one's too.
    /// It is remembered for that clone, for no file may declare it: this one is to have a port of its own for it.
    ///
    /// Reads every process's descriptors: for who has two clones of one repository.
    func isLive(_ clone: ContextRecord, in registry: Registry, isDryRun: Bool) throws -> Bool {
        let sockets = BoundSocket.onChosenPorts()
        if sockets.isEmpty { return false }
        let variable = "\(Overlay.contextVariable)=\(clone.hash)"
        var ports: Set<Port> = []
        for (socket, holder) in zip(sockets, ListeningProcess.holders(of: sockets)) {
            guard let holder, !holder.isContainerEngine, !isOwn(holder),
                holder.belongs(to: clone.path, having: variable)
            else { continue }
            ports.insert(socket.port)
        }
        if ports.isEmpty { return false }
        // What has moved there already is in nobody's way.
        let moved = try look(in: registry) { reader, _ in try reader.bookings(of: clone).filter(\.isMoved) }
        ports = ports.filter { port in
            !moved.contains { $0.transport == .tcp && $0.ports.contains(port) }
        }
        if ports.isEmpty { return false }
        try registry.write(on: facts(), isDryRun: isDryRun) { transaction in
            for port in ports.sorted() { try transaction.learn(port, ofClone: clone, besides: context.path) }
        }
        return true
    }
}
