import PortrunBase
import PortrunKit
import PortrunRegistry

/// Who listens on the machine's ports, found out anew only where something has changed.
struct ListenerLook {
    private var sockets: [Key: [BoundSocket]] = [:]
    private var presences: [Int64: Known] = [:]

    /// Who listened on the port of a booking, and what that was found out of.
    private struct Known {
        let sockets: [BoundSocket]
        let isTimed: Bool
        let presence: Observation.Presence
    }

    /// A port, as a socket or a booking has it.
    private struct Key: Hashable {
        let port: Port
        let transport: TransportProtocol
    }

    /// Asks the kernel.
    ///
    /// - Parameter statuses: the bookings whose ports count.
    /// - Returns: true when something is different from the last look.
    mutating func look(at statuses: [BookingStatus]) -> Bool {
        let wanted = Set(statuses.map(Self.key))
        var found: [Key: [BoundSocket]] = [:]
        for transport in TransportProtocol.allCases
        where statuses.contains(where: { $0.booking.transport == transport }) {
            for socket in BoundSocket.all(transport) ?? [] {
                let key = Key(port: socket.port, transport: transport)
                if wanted.contains(key) { found[key, default: []].append(socket) }
            }
        }
        defer { sockets = found }
        return found != sockets
    }

    /// Who listens on the port of a booking; on that of a block's first one.
    mutating func presence(at status: BookingStatus) -> Observation.Presence {
        let key = Self.key(status)
        let id = status.booking.id
        guard let sockets = sockets[key] else {
            presences[id] = nil
            return .nobody
        }
        var isTimed = false
        if case .timed = status.state { isTimed = true }
        if let known = presences[id], known.sockets == sockets, known.isTimed == isTimed { return known.presence }
        let presence = isTimed ? .own : Self.presence(of: sockets, at: status)
        presences[id] = Known(sockets: sockets, isTimed: isTimed, presence: presence)
        return presence
    }

    /// What is registered for the machine, and what a client holds for a time, is there for a program that portrun does not
    /// know.
    private static func presence(of sockets: [BoundSocket], at status: BookingStatus) -> Observation.Presence {
        if status.context.isMachine { return .own }
        let processes = ListeningProcess.holders(of: sockets)
        let isOwn = processes.contains { $0?.isContainerEngine == true || $0?.isServer(of: status) == true }
        if isOwn { return .own }
        let process = processes.lazy.compactMap { $0 }.first
        return .stranger(pid: process?.pid, command: process?.command)
    }

    private static func key(_ status: BookingStatus) -> Key {
        Key(port: status.booking.port, transport: status.booking.transport)
    }
}
