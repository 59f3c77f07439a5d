import Logging
import NIOPosix
import PortrunBase
import PortrunKit
import ServiceLifecycle

/// The daemon: one for the registries of a folder.
package struct Daemon: Sendable {
    private let core: DaemonCore
    private let doors: DaemonDoors
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
        _ host: DaemonHost, doors settings: [DoorSetting], inherited: [(name: String, socket: ServerSocket)] = []
    ) async throws {
        // The folder is there then, and this user's.
        core = DaemonCore(host)
        try await core.desk.open()
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
        for setting in settings {
            for socket in try Self.sockets(of: setting) { sockets.append((setting.door, socket)) }
        }
        self.sockets = sockets
        let openings = sockets.map { OpenDoors.Opening(door: $0.door, place: $0.socket.place) }
        doors = DaemonDoors(core, OpenDoors(openings))
        let booking = DoorBooking(host: host)
        for (door, socket) in sockets where door.bookedAs != nil {
            _ = try await core.desk.use { try booking.book(door, at: socket.place, in: $0) }
        }
    }

    /// Listens on every address of a door. Where the machine has no IPv6, the others do.
    private static func sockets(of setting: DoorSetting) throws(ServerSocketError) -> [ServerSocket] {
        var sockets: [ServerSocket] = []
        for address in setting.addresses {
            do throws(ServerSocketError) {
                sockets.append(try .bound(to: address))
            } catch {
                guard address.isIPv6, !sockets.isEmpty, error.isOfAMissingAddress else { throw error }
            }
        }
        return sockets
    }

    private static func lock(_ place: DaemonPlace) throws(DaemonError) -> FileLock {
        let lock: FileLock?
        do { lock = try FileLock(place.lock) } catch { throw .lock(error) }
        guard let lock else { throw .runs(socket: place.socket) }
        return lock
    }

    /// Serves until the process is told to end, by SIGTERM, SIGINT or SIGHUP.
    package func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let (doors, gate) = (doors, Gate(uid: core.host.uid))
        let connections = Connections(descriptors: DescriptorLimit.now) {
            // A moment later the last ones are gone, too.
            group.next().scheduleTask(in: .seconds(1)) { Task.detached { Heap.trim() } }
        }
        let server = { @Sendable (door: Door, socket: ServerSocket) in
            HTTPServer(
                socket: socket, responder: Responder(routes: doors.routes(of: door), gate: gate),
                connections: connections, group: group)
        }
        let services: [any Service] = sockets.map(server) + [LaterDoors(doors: doors.open, server: server)]
        var configuration = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: [.sigterm, .sigint, .sighup],
            logger: Logger(label: "portrund"))
        configuration.maximumGracefulShutdownDuration = Self.patience
        defer { if let ownSocket { unlink(ownSocket) } }
        let result: Result<Void, any Error>
        do { result = .success(try await ServiceGroup(configuration: configuration).run()) } catch {
            result = .failure(error)
        }
        if doors.open.all.contains(where: { $0.door.bookedAs != nil }) {
            // Else the next one who writes sees that the daemon is dead.
            try? await core.desk.use { try DoorBooking(host: core.host).end(in: $0) }
        }
        try result.get()
    }
}
