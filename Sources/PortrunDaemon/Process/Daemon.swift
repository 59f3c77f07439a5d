import Logging
import NIOPosix
import PortrunBase
import PortrunKit
import ServiceLifecycle

/// The daemon: one for the registries of a folder.
package struct Daemon: Sendable {
    private let core: DaemonCore
    private let sockets: [(door: Door, socket: ServerSocket)]
    private let lock: FileLock
    /// The socket that it has made, and takes away in the end.
    private let ownSocket: String?

    /// After SIGTERM, requests that are being done get so long.
    private static let patience = Duration.seconds(5)

    /// Opens the registry, the lock and all sockets, in this order: who has the lock may replace the socket of one that
    /// has died.
    ///
    /// - Parameter inherited: sockets that a service manager has handed over, with their names.
    /// - Throws: `DaemonError`; `ServerSocketError`; `PortrunError`.
    package init(
        _ host: DaemonHost, doors: [DoorSetting], inherited: [(name: String, socket: ServerSocket)] = []
    ) async throws {
        // The folder is there then, and this user's.
        try await RegistryDesk(host, Tick()).open()
        let place = DaemonPlace(of: host.location)
        lock = try Self.lock(place)
        var sockets: [(door: Door, socket: ServerSocket)] = []
        for (name, socket) in inherited {
            switch socket.place {
            case .path: sockets.append((.api, socket))
            case .address: sockets.append((try DoorSetting(name).door, socket))
            }
        }
        if sockets.contains(where: { if case .path = $0.socket.place { true } else { false } }) {
            ownSocket = nil
        } else {
            sockets.append((.api, try .bound(to: place.socket)))
            ownSocket = place.socket
        }
        for setting in doors {
            for address in setting.addresses { sockets.append((setting.door, try .bound(to: address))) }
        }
        self.sockets = sockets
        core = DaemonCore(host, openings: sockets.map { DaemonCore.Opening(door: $0.door, place: $0.socket.place) })
    }

    private static func lock(_ place: DaemonPlace) throws(DaemonError) -> FileLock {
        let lock: FileLock?
        do { lock = try FileLock(place.lock) } catch { throw .lock(error) }
        guard let lock else { throw .runs(socket: place.socket) }
        return lock
    }

    /// Serves until the process is told to end, by SIGTERM or SIGINT.
    package func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let servers = sockets.map { HTTPServer(socket: $0.socket, responder: Responder($0.door, core), group: group) }
        var configuration = ServiceGroupConfiguration(
            services: servers, gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "portrund"))
        configuration.maximumGracefulShutdownDuration = Self.patience
        defer { if let ownSocket { unlink(ownSocket) } }
        try await ServiceGroup(configuration: configuration).run()
    }
}
