/// Somebody who has a port open, as far as this user may see.
package struct Listener: Sendable, Equatable {
    package let transport: TransportProtocol
    /// nil when only a probe tells that the port is taken.
    package let address: String?
    /// nil when its owner lets nobody look.
    package let process: ListeningProcess?
    /// nil where `address` is.
    package let uid: UInt32?

    /// Everybody on `port`: one for each socket that waits there, else one of whom nothing is known but that the port
    /// cannot be bound, as with a UDP socket that talks to one partner only.
    package static func all(on port: Port, _ transport: TransportProtocol) throws(PortProbeError) -> [Listener] {
        let sockets = BoundSocket.all(on: port, transport) ?? []
        guard sockets.isEmpty else {
            return zip(sockets, ListeningProcess.holders(of: sockets)).map { socket, process in
                Listener(transport: transport, address: socket.address, process: process, uid: socket.uid)
            }
        }
        guard try PortProbe.isBusy(port, transport) else { return [] }
        return [Listener(transport: transport, address: nil, process: nil, uid: nil)]
    }
}
