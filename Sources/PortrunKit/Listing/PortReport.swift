import PortrunBase
import PortrunRegistry

/// The answer of `portrun check` for a port: everybody who has it.
package struct PortReport: Sendable {
    package let port: Port
    /// At most one for TCP and one for UDP.
    package let bookings: [BookingStatus]
    /// The running containers that publish it.
    package let containers: [(container: Container, transport: TransportProtocol)]
    package let listeners: [Listener]
    /// The user who asks.
    package let uid: UInt32

    package init(
        port: Port, bookings: [BookingStatus], containers: [(container: Container, transport: TransportProtocol)],
        listeners: [Listener], uid: UInt32
    ) {
        self.port = port
        self.bookings = bookings
        self.containers = containers
        self.listeners = listeners
        self.uid = uid
    }

    package var isFree: Bool { bookings.isEmpty && containers.isEmpty && listeners.isEmpty }

    /// One object; docs/json.md has its keys.
    package var json: JSONValue {
        .object([
            "port": .integer(Int(port.number)), "free": .boolean(isFree),
            "bookings": .array(bookings.map(\.json)),
            "containers": .array(
                containers.map { container, transport in
                    .object([
                        "name": .string(container.name), "project": .string(orNull: container.project),
                        "service": .string(orNull: container.service), "protocol": .string(transport.rawValue),
                    ])
                }),
            "listeners": .array(
                listeners.map { listener in
                    .object([
                        "protocol": .string(listener.transport.rawValue), "address": .string(orNull: listener.address),
                        "pid": .integer(orNull: listener.process.map { Int($0.pid) }),
                        "command": .string(orNull: listener.process?.command),
                        "user": .string(orNull: listener.uid.map(UserName.of)),
                    ])
                }),
        ])
    }
}
