import PortrunBase
import PortrunKit
import ServiceLifecycle

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
