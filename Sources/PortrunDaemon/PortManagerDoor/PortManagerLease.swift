import PortrunBase
import PortrunRegistry

/// A booking with a time to live, as a lease of PortManager's.
struct PortManagerLease: Sendable {
    let service: ServiceName
    let port: Port
    /// Seconds since 1970, as all moments.
    let allocatedAt: Int64
    let renewedAt: Int64
    let timeToLive: TimeToLive
    let tags: [String]

    /// nil for a UDP port, which PortManager does not know, and for a lease that a process has.
    init?(_ recorded: RecordedBooking, _ lease: Lease) {
        guard recorded.booking.transport == .tcp, let length = lease.timeToLive else { return nil }
        service = recorded.booking.service
        port = recorded.booking.port
        allocatedAt = recorded.createdAt
        renewedAt = lease.createdAt
        timeToLive = length
        tags = PortManagerRequest.tags(in: recorded.description)
    }

    var json: JSONValue {
        .object([
            "port": .integer(Int(port.number)), "service_name": .string(service.description),
            "allocated_at": .string(Timestamp(allocatedAt).text), "last_heartbeat": .string(Timestamp(renewedAt).text),
            "ttl_seconds": .integer(Int(timeToLive.seconds)), "tags": .array(tags.map { .string($0) }),
        ])
    }
}
