import PortrunBase
import PortrunKit
import PortrunRegistry
import ServiceLifecycle

/// The doors that are open; more can be opened while the daemon runs.
package final class OpenDoors: Sendable {
    private let openings: Locked<[DaemonCore.Opening]>
    /// Those that are to be served beside the first ones.
    let later: AsyncStream<(door: Door, socket: ServerSocket)>
    private let continuation: AsyncStream<(door: Door, socket: ServerSocket)>.Continuation

    init(_ openings: [DaemonCore.Opening]) {
        self.openings = Locked(openings)
        (later, continuation) = AsyncStream.makeStream()
    }

    var all: [DaemonCore.Opening] { openings.use { $0 } }

    /// Where a door is open first; nil where it is not.
    func address(of door: Door) -> LoopbackAddress? {
        for opening in all where opening.door.name == door.name {
            if case .address(let address) = opening.place { return address }
        }
        return nil
    }

    func add(_ door: Door, _ socket: ServerSocket) {
        openings.use { $0.append(DaemonCore.Opening(door: door, place: socket.place)) }
        continuation.yield((door, socket))
    }
}

/// Serves the doors that are opened while the daemon runs, and ends as the others do.
struct LaterDoors: Service {
    let doors: OpenDoors
    let server: @Sendable (Door, ServerSocket) -> HTTPServer

    func run() async throws {
        await withDiscardingTaskGroup { tasks in
            for await (door, socket) in doors.later.cancelOnGracefulShutdown() {
                tasks.addTask { try? await server(door, socket).run() }
            }
        }
    }
}
