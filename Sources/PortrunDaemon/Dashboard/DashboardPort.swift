import PortrunBase
import PortrunKit
import PortrunRegistry

/// The port of the dashboard's door, where no `--door` says another.
struct DashboardPort: Sendable {
    private static let usual = Door.dashboard.addresses[0]
    /// Those that are tried before the system is asked for any.
    private static let candidates = Array(usual.port..<usual.port + 20) + [0]

    let host: DaemonHost
    let doors: OpenDoors

    /// Opens the door unless it is open.
    ///
    /// - Returns: where it is.
    /// - Throws: `ServerSocketError` where no address can be listened on; `RegistryError`.
    func open(in registry: Registry) throws -> LoopbackAddress {
        if let address = doors.address(of: .dashboard) { return address }
        for port in Self.candidates {
            let sockets: [ServerSocket]
            do throws(ServerSocketError) {
                sockets = try Self.sockets(on: port)
            } catch {
                guard port != 0, error.isOfATakenAddress else { throw error }
                continue
            }
            guard try DoorBooking(host: host).book(.dashboard, at: sockets[0].place, in: registry) else {
                for socket in sockets { close(socket.descriptor) }
                continue
            }
            for socket in sockets { doors.add(.dashboard, socket) }
            if let address = doors.address(of: .dashboard) { return address }
        }
        throw ServerSocketError.failed(place: Self.usual.description, code: EADDRINUSE)
    }

    /// Listens on both addresses that `localhost` stands for, as far as the machine has them.
    private static func sockets(on port: UInt16) throws(ServerSocketError) -> [ServerSocket] {
        let first = try ServerSocket.bound(to: LoopbackAddress(port: port))
        guard case .address(let address) = first.place else { return [first] }
        do throws(ServerSocketError) {
            return [first, try .bound(to: LoopbackAddress(isIPv6: true, port: address.port))]
        } catch {
            if error.isOfAMissingAddress { return [first] }
            close(first.descriptor)
            throw error
        }
    }
}
