import PortrunBase
import PortrunRegistry

/// A booking as a row of port-registry's.
///
/// A context that was named by an app and an instance has these, as they were given; any other has the two parts of its
/// label, of which the second may be empty. port-registry knows TCP alone, and one port in each row: of a block the first.
struct Allocation: Sendable, Equatable {
    let id: Int64
    let app: String
    let instance: String
    let service: ServiceName
    let port: Port
    /// Seconds since 1970.
    let createdAt: Int64

    /// nil for a UDP port.
    init?(_ recorded: RecordedBooking) {
        guard recorded.booking.transport == .tcp else { return nil }
        id = recorded.booking.id
        let names = ContextLabel.names(inIdentity: recorded.context.identity)
        app = names?.app ?? recorded.context.app
        instance = names?.instance ?? recorded.context.instance
        service = recorded.booking.service
        port = recorded.booking.port
        createdAt = recorded.createdAt
    }

    var json: JSONValue {
        .object([
            "id": .integer(Int(id)), "app": .string(app), "instance": .string(instance),
            "service": .string(service.description), "port": .integer(Int(port.number)),
            "created_at": .string(Timestamp(createdAt).text),
        ])
    }
}
