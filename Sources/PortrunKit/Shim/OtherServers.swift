import PortrunBase
import PortrunRegistry

/// What waits for somebody on this machine and may be another checkout's of the repository.
struct OtherServers {
    private let sockets: [BoundSocket]
    private let known: [RelativeBooking]
    private let checkout: Checkout

    /// - Parameters:
    ///   - checkout: one whose declared ports are another's.
    ///   - known: what the others have booked.
    init(beside checkout: Checkout, _ known: [RelativeBooking]) {
        self.checkout = checkout
        self.known = known
        sockets = TransportProtocol.allCases.flatMap { BoundSocket.all($0) ?? [] }
    }

    /// Notes what others listen on besides the numbers that are known, and who listens on any of that.
    ///
    /// Other checkouts' are: what runs in their folders, what has a number that has moved here, and what has a port that
    /// they have booked. A program of this checkout is nobody else's, nor one that also has one of this one's ports.
    ///
    /// - Parameter own: the ports that are this checkout's.
    func add(to here: inout PortsHere, besides own: [TransportProtocol: Set<Port>]) {
        let inFolders = Set(ServersBeside.holders(of: sockets, in: checkout).map(\.socket.inode))
        let others = sockets.filter { socket in
            if own[socket.transport]?.contains(socket.port) == true { return false }
            return inFolders.contains(socket.inode) || here.numbers[socket.transport]?[socket.port] != nil
                || known.contains { relative in
                    relative.booking.transport == socket.transport && relative.booking.ports.contains(socket.port)
                }
        }
        here.unused = (1...UInt16.max).lazy.compactMap { Port(Int($0)) }
            .first { port in !sockets.contains { $0.port == port } }
        if others.isEmpty { return }
        let holders = ListeningProcess.allHolders(of: sockets)
        var processes: Set<Int32> = []
        var ofOthers: [TransportProtocol: Set<Port>] = [:]
        for socket in others {
            let holding = holders[socket.inode] ?? []
            if holding.contains(where: { checkout.isOwn(ListeningProcess.process($0)) }) { continue }
            ofOthers[socket.transport, default: []].insert(socket.port)
            processes.formUnion(holding)
        }
        for socket in sockets where own[socket.transport]?.contains(socket.port) == true {
            processes.subtract(holders[socket.inode] ?? [])
        }
        for socket in sockets {
            // What somebody of this checkout has as well is asked for.
            let isShared = (holders[socket.inode] ?? []).contains { !processes.contains($0) }
            if isShared { ofOthers[socket.transport]?.remove(socket.port) }
        }
        for (transport, ports) in ofOthers {
            let moved = here.numbers[transport] ?? [:]
            here.others[transport] = ports.filter { moved[$0] == nil }
        }
        here.processes = processes.sorted()
    }
}
