import PortrunBase
import PortrunKit
import PortrunRegistry

/// The booking of a door's port for the machine, so that no checkout is given it while the door is open.
struct DoorBooking {
    let host: DaemonHost

    private var holder: Holder { .of(pid: host.process.pid, seenBy: host.process) }

    /// - Returns: false when somebody else has booked the port.
    func book(_ door: Door, at place: ServerSocket.Place, in registry: Registry) throws -> Bool {
        guard let service = door.bookedAs, case .address(let address) = place, let port = Port(Int(address.port))
        else { return true }
        return try registry.write(on: host.machine().facts()) {
            try $0.book(service, at: port, servedBy: holder, command: "portrund")
        }
    }

    /// Gives all of them back.
    func end(in registry: Registry) throws {
        try registry.write(on: host.machine().facts()) { try $0.endLeases(of: holder) }
    }
}
