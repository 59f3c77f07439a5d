import PortrunBase
import PortrunKit

/// The doors that are open; more can be opened while the daemon runs.
package final class OpenDoors: Sendable {
    private let openings: Locked<[Opening]>
    /// Those that are to be served beside the first ones.
    let later: AsyncStream<(door: Door, socket: ServerSocket)>
    private let continuation: AsyncStream<(door: Door, socket: ServerSocket)>.Continuation

    /// A door and where it is open.
    package struct Opening: Sendable {
        package let door: Door
        package let place: ServerSocket.Place
    }

    init(_ openings: [Opening]) {
        self.openings = Locked(openings)
        (later, continuation) = AsyncStream.makeStream()
    }

    var all: [Opening] { openings.use { $0 } }

    /// Where a door is open first; nil where it is not.
    func address(of door: Door) -> LoopbackAddress? {
        for opening in all where opening.door == door {
            if case .address(let address) = opening.place { return address }
        }
        return nil
    }

    func add(_ door: Door, _ socket: ServerSocket) {
        openings.use { $0.append(Opening(door: door, place: socket.place)) }
        continuation.yield((door, socket))
    }
}
