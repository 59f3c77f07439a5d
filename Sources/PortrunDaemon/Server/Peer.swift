import NIOCore
import PortrunBase

/// Who has connected, and to which of the daemon's sockets.
package struct Peer: Sendable {
    package let place: ServerSocket.Place
    /// Whose the other end is.
    package let owner: ConnectionOwner
    /// False for a connection from another machine, which the sockets let nobody make.
    package let isLocal: Bool

    package init(place: ServerSocket.Place, owner: ConnectionOwner, isLocal: Bool = true) {
        self.place = place
        self.owner = owner
        self.isLocal = isLocal
    }

    /// Looks once, when the connection is made: a socket keeps its owner. On the channel's own thread.
    static func of(_ channel: any Channel, on place: ServerSocket.Place) -> EventLoopFuture<Peer> {
        let loop = channel.eventLoop
        switch place {
        case .path:
            guard let options = channel as? any SocketOptionProvider else {
                return loop.makeSucceededFuture(Peer(place: place, owner: .unknown))
            }
            let credentials: EventLoopFuture<PeerCredentials> = options.unsafeGetSocketOption(
                level: NIOBSDSocket.OptionLevel(rawValue: CInt(PeerCredentials.level)),
                name: NIOBSDSocket.Option(rawValue: CInt(PeerCredentials.option)))
            return credentials.map { Peer(place: place, owner: .user($0.uid)) }
                .recover { _ in Peer(place: place, owner: .unknown) }
        case .address(let server):
            guard let client = channel.remoteAddress.flatMap(LoopbackAddress.init(_:)) else {
                return loop.makeSucceededFuture(Peer(place: place, owner: .unknown, isLocal: false))
            }
            return loop.makeSucceededFuture(
                Peer(place: place, owner: .of(client, connectedTo: server)))
        }
    }
}

extension LoopbackAddress {
    /// nil for an address that is not this machine's own.
    init?(_ address: SocketAddress) {
        guard let port = address.port.flatMap(UInt16.init(exactly:)) else { return nil }
        switch address.ipAddress {
        case "127.0.0.1": self.init(port: port)
        case "::1": self.init(isIPv6: true, port: port)
        default: return nil
        }
    }
}
